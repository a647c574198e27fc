import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import type { DecisionOutcome } from "../device/device-grant.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import { Refusal, type RefusalCode, refusalResult, result } from "../refusal.ts";
import { tokenBody } from "../token/token-answer.ts";
import { type Completion, findCompletion } from "./completion.ts";
import { keepDecision, spendForPush } from "./decide.ts";
import { errorContent } from "./error-content.ts";
import { completed, pushedTokenMembers } from "./notification.ts";
import { readBackchannelOutcome } from "./outcome.ts";
import { mintPushedTokens } from "./push.ts";

type Call = Partial<Request<"backchannel/authentication/complete">>;
type Answer = Response<"backchannel/authentication/complete">;

/**
 * `backchannel/authentication/complete`: takes the decision of a user, once. In poll mode it waits for the client, in ping
 * mode the client is told that it is there, and in push mode it goes to the client with the tokens (CIBA Core 10).
 *
 * A mistake in the call leaves the ticket of a polling client as it was. A client that waits for a notification gets one:
 * the transaction has failed.
 */
export async function completeBackchannel(context: EngineContext, request: Call): Promise<Answer> {
  const completion = await findCompletion(context, request.ticket);
  try {
    return await complete(context, completion, request);
  } catch (error) {
    const isMistake = error instanceof Refusal && !aboutTickets.has(error.code);
    if (!isMistake || completion.stored.document.deliveryMode === "POLL") throw error;
    return failTransaction(context, completion, error.code);
  }
}

/** Another call was faster, or time was: nobody is to hear of this one. */
const aboutTickets: ReadonlySet<RefusalCode> = new Set(["A186202", "A196202", "A196203", "A196204"]);

async function complete(context: EngineContext, completion: Completion, request: Call): Promise<Answer> {
  const { client, stored } = completion;
  const outcome = readBackchannelOutcome(context, { client, grant: stored.document }, request);
  if (stored.document.deliveryMode !== "PUSH") return keep(context, completion, outcome);
  return outcome.result === "AUTHORIZED"
    ? pushTokens(context, completion, { authorized: outcome.grant, accessToken: request.accessToken })
    : pushNo(context, completion, outcome);
}

async function keep(context: EngineContext, completion: Completion, outcome: DecisionOutcome) {
  await keepDecision(context, completion, outcome);
  if (outcome.result !== "AUTHORIZED") {
    const told = result("A198002", "The decision waits for the client to learn that there are no tokens.");
    return completed(context, completion, { told });
  }
  const told = result("A198001", "The decision waits for the client to get its tokens.");
  return completed(context, completion, { told, grantId: outcome.grant.grantId });
}

async function pushTokens(
  context: EngineContext,
  completion: Completion,
  decided: { authorized: AuthorizedGrant; accessToken: unknown },
): Promise<Answer> {
  const { client, authReqId, stored } = completion;
  const issued = await mintPushedTokens(context, { client, authReqId, grant: stored.document, ...decided });
  await spendForPush(context, completion, { client, grant: decided.authorized, row: issued.row });
  return completed(context, completion, {
    told: result("A198003", "The tokens are for the client's notification endpoint."),
    content: tokenBody(context, issued, { auth_req_id: authReqId }),
    tokens: pushedTokenMembers(context, client, issued),
    grantId: decided.authorized.grantId,
  });
}

async function pushNo(
  context: EngineContext,
  completion: Completion,
  outcome: Exclude<DecisionOutcome, { result: "AUTHORIZED" }>,
): Promise<Answer> {
  await spendForPush(context, completion);
  const error = outcome.result === "ACCESS_DENIED" ? "access_denied" : "expired_token";
  const { errorDescription, errorUri } = outcome;
  return completed(context, completion, {
    told: result("A198004", "The error is for the client's notification endpoint."),
    content: errorContent(context, { authReqId: completion.authReqId, error, errorDescription, errorUri }),
  });
}

/** The caller cannot try again: the client learns now that it waits for nothing (CIBA Core 12). */
async function failTransaction(
  context: EngineContext,
  completion: Completion,
  code: RefusalCode,
): Promise<Answer> {
  const told = refusalResult(code);
  if (completion.stored.document.deliveryMode === "PING") {
    await keepDecision(context, completion, { result: "TRANSACTION_FAILED" });
    return completed(context, completion, { told });
  }
  await spendForPush(context, completion);
  const content = errorContent(context, { authReqId: completion.authReqId, error: "transaction_failed" });
  return completed(context, completion, { told, content });
}
