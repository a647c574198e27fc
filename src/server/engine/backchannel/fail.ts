import type { BackchannelAuthenticationFailReason } from "../../authlete/messages/backchannel-authentication-fail.ts";
import type { Request, Response } from "../../authlete/operations.ts";
import { hashOf } from "../../secret/hash.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { refuse, result } from "../refusal.ts";
import { errorContent } from "./error-content.ts";

type Row = readonly [action: "BAD_REQUEST" | "FORBIDDEN" | "INTERNAL_SERVER_ERROR", error: string];

/** What the client is told, by the reason of the caller (CIBA Core 13). */
const reasons: Record<BackchannelAuthenticationFailReason, Row> = {
  ACCESS_DENIED: ["FORBIDDEN", "access_denied"],
  EXPIRED_LOGIN_HINT_TOKEN: ["BAD_REQUEST", "expired_login_hint_token"],
  INVALID_BINDING_MESSAGE: ["BAD_REQUEST", "invalid_binding_message"],
  INVALID_TARGET: ["BAD_REQUEST", "invalid_target"],
  INVALID_USER_CODE: ["BAD_REQUEST", "invalid_user_code"],
  MISSING_USER_CODE: ["BAD_REQUEST", "missing_user_code"],
  SERVER_ERROR: ["INTERNAL_SERVER_ERROR", "server_error"],
  UNAUTHORIZED_CLIENT: ["BAD_REQUEST", "unauthorized_client"],
  UNKNOWN_USER_ID: ["BAD_REQUEST", "unknown_user_id"],
};

/**
 * `backchannel/authentication/fail`: the error for the client, and the end of the ticket, if one is given that is this
 * service's. Nothing can come of it any more, even if it was decided upon in the meantime.
 */
export async function failBackchannel(
  context: EngineContext,
  request: Partial<Request<"backchannel/authentication/fail">>,
): Promise<Response<"backchannel/authentication/fail">> {
  const [action, error] = reasons[readReason(request.reason)];
  await endTicket(context, request.ticket);
  return {
    ...result("A185001", "The error is for the client."),
    action,
    responseContent: errorContent(context, { error, ...textsOf(request) }),
  };
}

function readReason(reason: unknown): BackchannelAuthenticationFailReason {
  if (reason === undefined || reason === null || reason === "") return "SERVER_ERROR";
  return typeof reason === "string" && Object.hasOwn(reasons, reason)
    ? (reason as BackchannelAuthenticationFailReason)
    : refuse("A902208");
}

async function endTicket({ store, serviceId, now }: EngineContext, value: unknown): Promise<void> {
  const ticket = givenNonEmptyText(value);
  if (ticket === undefined) return;
  const keyHash = hashOf(ticket);
  await store.write(async (transaction) => {
    const found = await transaction.findArtifact("backchannel_ticket", keyHash);
    if (found?.serviceId === serviceId) await transaction.consumeArtifact("backchannel_ticket", keyHash, now);
  });
}

function textsOf({ errorDescription, errorUri }: Partial<Request<"backchannel/authentication/fail">>) {
  return { errorDescription: givenNonEmptyText(errorDescription), errorUri: givenNonEmptyText(errorUri) };
}
