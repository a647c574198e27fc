import type { EngineContext } from "../context.ts";
import { withDpopNonce } from "../dpop/nonce.ts";
import { type EngineOperations, refusingWith } from "../operation.ts";
import { answerRefusal, type RefusalCode, refusals } from "../refusal.ts";
import { pushAuthorizationRequest } from "./push.ts";

/** The pushed authorization request endpoint (RFC 9126). */
export const pushedAuthorizationOperations: EngineOperations<"pushed_auth_req"> = {
  pushed_auth_req: withDpopNonce(refusingWith(pushAuthorizationRequest, pushRefusal)),
};

/** No redirect yet: every refusal is an HTTP answer to the client itself. */
function pushRefusal({ service }: EngineContext, code: RefusalCode) {
  const { action: _, ...refused } = answerRefusal(service, code);
  return { ...refused, action: actionOf(code) };
}

type RefusedAction =
  | "BAD_REQUEST"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "PAYLOAD_TOO_LARGE"
  | "INTERNAL_SERVER_ERROR";

/** A client that may not have what it asks for is forbidden to ask (RFC 9126 2.3 leaves the status to the server). */
function actionOf(code: RefusalCode): RefusedAction {
  const [action, error] = refusals[code];
  if (action === "INVALID_CLIENT") return "UNAUTHORIZED";
  if (code === "A902307") return "PAYLOAD_TOO_LARGE";
  return error === "unauthorized_client" ? "FORBIDDEN" : action;
}
