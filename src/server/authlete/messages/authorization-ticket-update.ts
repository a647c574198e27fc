import { z } from "zod";
import { answer, branch } from "../result.ts";
import { ticketInfoSchema } from "./authorization-ticket-info.ts";

/** `POST auth/authorization/ticket/update`: replaces what is kept with the ticket of an authorization request. */
export const authorizationTicketUpdateRequestSchema = z.object({
  ticket: z.string(),
  /** The object; some SDKs only know a text here. */
  info: z.union([ticketInfoSchema, z.string()]),
});
export type AuthorizationTicketUpdateRequest = z.infer<typeof authorizationTicketUpdateRequestSchema>;

/** The answer of `auth/authorization/ticket/update`. */
export const authorizationTicketUpdateResponseSchema = answer([
  branch("OK", { info: ticketInfoSchema.optional() }),
  branch("NOT_FOUND", {}),
  branch("CALLER_ERROR", {}),
  branch("AUTHLETE_ERROR", {}),
]);
export type AuthorizationTicketUpdateResponse = z.infer<typeof authorizationTicketUpdateResponseSchema>;
