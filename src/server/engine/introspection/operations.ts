import type { EngineContext } from "../context.ts";
import { withDpopNonce } from "../dpop/nonce.ts";
import { type EngineOperations, refusingWith } from "../operation.ts";
import { answerRefusal, type RefusalCode } from "../refusal.ts";
import { introspect } from "./introspection.ts";
import { introspectStandard } from "./standard.ts";

/** The introspection endpoint. */
export const introspectionOperations: EngineOperations<"auth/introspection" | "auth/introspection/standard"> =
  {
    "auth/introspection": withDpopNonce(introspect),
    "auth/introspection/standard": refusingWith(introspectStandard, standardRefusal),
  };

/** No client authenticates here, so none can fail to. */
function standardRefusal({ service }: EngineContext, code: RefusalCode) {
  const { action, ...refused } = answerRefusal(service, code);
  return {
    ...refused,
    action: action === "BAD_REQUEST" ? ("BAD_REQUEST" as const) : ("INTERNAL_SERVER_ERROR" as const),
  };
}
