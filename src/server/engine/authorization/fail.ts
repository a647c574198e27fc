import type { AuthorizationFailReason } from "../../authlete/messages/authorization-fail.ts";
import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import { endWithError } from "./end-with-error.ts";
import { answeringByChannel } from "./response/answering.ts";
import { findUsableTicket } from "./ticket.ts";
import { findClientOfTicket } from "./ticket-client.ts";

const reasons: Record<AuthorizationFailReason, RefusalCode> = {
  UNKNOWN: "A060307",
  NOT_LOGGED_IN: "A060301",
  MAX_AGE_NOT_SUPPORTED: "A060302",
  EXCEEDS_MAX_AGE: "A060303",
  DIFFERENT_SUBJECT: "A060304",
  ACR_NOT_SATISFIED: "A060305",
  DENIED: "A060306",
  SERVER_ERROR: "A060308",
  NOT_AUTHENTICATED: "A060309",
  ACCOUNT_SELECTION_REQUIRED: "A060310",
  CONSENT_REQUIRED: "A060311",
  INTERACTION_REQUIRED: "A060312",
  INVALID_TARGET: "A060313",
  INVALID_SCOPE: "A060314",
  UNAUTHORIZED_CLIENT: "A060315",
  TEMPORARILY_UNAVAILABLE: "A060316",
};

/** `auth/authorization/fail`: spends a ticket and gives the error for the client application. */
export async function failAuthorization(
  context: EngineContext,
  call: Partial<Request<"auth/authorization/fail">>,
): Promise<Response<"auth/authorization/fail">> {
  return answeringByChannel(context, async () => {
    const ticket = await findUsableTicket(context, call.ticket, {
      missing: "A059201",
      unknown: "A059202",
      foreign: "A059203",
      expired: "A059301",
    });
    const code = readReason(call.reason);
    const client = await findClientOfTicket(context, ticket);
    const description = givenNonEmptyText(call.description);
    return endWithError(context, { ticket, client }, { code, description, codeIfSpent: "A059202" });
  });
}

function readReason(reason: unknown): RefusalCode {
  return typeof reason === "string" && Object.hasOwn(reasons, reason)
    ? reasons[reason as AuthorizationFailReason]
    : refuse("A060201");
}
