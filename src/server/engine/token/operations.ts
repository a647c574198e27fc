import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { withDpopNonce } from "../dpop/nonce.ts";
import { reissueIdToken } from "../id-token/reissue.ts";
import { reissueRefusals } from "../id-token/reissue-refusals.ts";
import { type EngineOperations, refusing, refusingWith } from "../operation.ts";
import { answerRefusal, type RefusalCode } from "../refusal.ts";
import { failToken } from "./fail.ts";
import { issueToken } from "./issue.ts";
import { token } from "./token.ts";

/** The token endpoint. */
export const tokenOperations: EngineOperations<
  "auth/token" | "auth/token/issue" | "auth/token/fail" | "idtoken/reissue"
> = {
  "auth/token": withDpopNonce(refusing(token)),
  "auth/token/issue": issueAnswer,
  "auth/token/fail": failAnswer,
  "idtoken/reissue": refusingWith(reissueIdToken, reissueRefusal),
};

/** What keeps an ID token from being made is a fault of settings, not of the call. */
function reissueRefusal({ service }: EngineContext, code: RefusalCode) {
  const action = Object.hasOwn(reissueRefusals, code) ? "CALLER_ERROR" : "INTERNAL_SERVER_ERROR";
  return { ...answerRefusal(service, code), action } as const;
}

/** For the caller of `auth/token/issue` every refusal is a fault of its own or of the engine. */
async function issueAnswer(
  context: EngineContext,
  request: Partial<Request<"auth/token/issue">>,
): Promise<Response<"auth/token/issue">> {
  const answer = await refusing(issueToken)(context, request);
  return answer.action === "OK" ? answer : { ...answer, action: "INTERNAL_SERVER_ERROR" };
}

async function failAnswer(
  context: EngineContext,
  request: Partial<Request<"auth/token/fail">>,
): Promise<Response<"auth/token/fail">> {
  const answer = await refusing(failToken)(context, request);
  const action = answer.action === "BAD_REQUEST" ? "BAD_REQUEST" : "INTERNAL_SERVER_ERROR";
  return { ...answer, action };
}
