import { z } from "zod";
import { answer, branch } from "../result.ts";

/** What a caller keeps with the ticket of an authorization request. */
export const ticketInfoSchema = z.looseObject({ context: z.string().optional() });

/** `POST auth/authorization/ticket/info`: reads it; the ticket stays as it is. */
export const authorizationTicketInfoRequestSchema = z.object({ ticket: z.string() });
export type AuthorizationTicketInfoRequest = z.infer<typeof authorizationTicketInfoRequestSchema>;

/** The answer of `auth/authorization/ticket/info`. */
export const authorizationTicketInfoResponseSchema = answer([
  branch("OK", { info: ticketInfoSchema }),
  branch("NOT_FOUND", {}),
  branch("CALLER_ERROR", {}),
  branch("AUTHLETE_ERROR", {}),
]);
export type AuthorizationTicketInfoResponse = z.infer<typeof authorizationTicketInfoResponseSchema>;
