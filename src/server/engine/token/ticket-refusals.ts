import type { RefusalRow } from "../refusal-row.ts";

const fault = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** What `auth/token/issue` and `auth/token/fail` refuse, and how `auth/token/fail` answers the client. */
export const ticketRefusals = {
  A055201: fault("The ticket is missing."),
  A055202: fault("There is no such ticket, or it was used."),
  A055203: fault("The ticket belongs to another service."),
  A055301: fault("The ticket has expired."),
  A061101: fault("The access token could not be stored, because its value exists already."),
  A061103: fault("The client of the ticket does not exist any more, or is locked."),
  A061201: fault("The extra properties are too big."),
  A061202: fault("The JWT access token could not be made."),
  A061301: fault("Another call used the ticket first. Nothing was issued."),
  A111201: fault("The subject is missing."),
  A111202: fault("The subject is longer than 100 characters."),
  A111203: fault("The subject has a character that is not printable ASCII."),
  A063201: fault("The ticket is missing."),
  A063202: fault("There is no such ticket, or it was used."),
  A063203: fault("The ticket belongs to another service."),
  A063301: fault("The ticket has expired."),
  A067201: fault("The reason is missing or unknown."),
  A067301: ["BAD_REQUEST", "invalid_request", "The user name or the password is wrong."],
  A067302: ["BAD_REQUEST", "server_error", "The authorization server could not finish the request."],
  A067303: ["BAD_REQUEST", "invalid_target", "A requested resource is not acceptable."],
  A067304: ["BAD_REQUEST", "invalid_client", "The client is not acceptable."],
  A067305: ["BAD_REQUEST", "unauthorized_client", "The client may not use this grant."],
  A067306: ["BAD_REQUEST", "invalid_scope", "A requested scope is not acceptable."],
} as const satisfies Record<string, RefusalRow>;
