import type { TokenFailRequest } from "../../authlete/messages/token-fail.ts";
import type { Request } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { answerRefusal, type RefusalCode, refuse } from "../refusal.ts";
import { findUsableTicket } from "./ticket.ts";

type Reason = TokenFailRequest["reason"];

const reasons: Record<Reason, RefusalCode> = {
  INVALID_RESOURCE_OWNER_CREDENTIALS: "A067301",
  UNKNOWN: "A067302",
  INVALID_TARGET: "A067303",
  INVALID_CLIENT: "A067304",
  UNAUTHORIZED_CLIENT: "A067305",
  INVALID_SCOPE: "A067306",
};

/** `auth/token/fail`: spends a ticket and gives the error for the client application. */
export async function failToken(context: EngineContext, request: Partial<Request<"auth/token/fail">>) {
  const ticket = await findUsableTicket(context, request.ticket, {
    missing: "A063201",
    unknown: "A063202",
    foreign: "A063203",
    expired: "A063301",
  });
  const code = readReason(request.reason);
  const isSpent = await context.store.write((transaction) => transaction.consumeTicket(ticket.ticketHash));
  return answerRefusal(context.service, isSpent ? code : "A063202");
}

function readReason(reason: unknown): RefusalCode {
  return typeof reason === "string" && Object.hasOwn(reasons, reason)
    ? reasons[reason as Reason]
    : refuse("A067201");
}
