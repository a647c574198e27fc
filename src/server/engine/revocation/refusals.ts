import type { RefusalRow } from "../refusal-row.ts";

/** What `auth/revocation` refuses after client authentication. */
export const revocationRefusals = {
  A115201: ["INTERNAL_SERVER_ERROR", "server_error", "The call lacks the parameters of the request."],
  A115202: ["INTERNAL_SERVER_ERROR", "server_error", "The parameters of the request are not a text."],
  A115301: ["BAD_REQUEST", "invalid_request", "The parameter token is missing."],
  A115302: ["BAD_REQUEST", "invalid_request", "The parameter token has no value."],
  A115303: ["BAD_REQUEST", "invalid_request", "The parameter token is given more than once."],
  A116301: ["BAD_REQUEST", "invalid_request", "The token was issued to another client."],
  A116302: ["INVALID_CLIENT", "invalid_client", "The request does not tell which client it comes from."],
} as const satisfies Record<string, RefusalRow>;
