import type { RefusalRow } from "../refusal-row.ts";

const caller = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const fault = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** What the operations on tokens refuse. `A9` codes are this engine's own: the API's are not known. */
export const tokenManagementRefusals = {
  A106201: caller("A scope is not registered."),
  A108201: fault("The extra properties are too big."),
  A108202: fault("The JWT access token could not be made."),
  A144201: caller("An access token of this value exists already."),
  A144202: caller("A refresh token of this value exists already."),
  A900201: caller("The grant type is missing, or tokens are not created for it."),
  A900202: caller("The client is missing."),
  A900203: caller("The subject is missing."),
  A900204: caller("The thumbprint of a certificate or a key is not a SHA-256 value in base64url."),
  A900205: caller("No token is named."),
  A900301: ["BAD_REQUEST", "invalid_client", "There is no such client, or it is locked."],
  A900302: ["BAD_REQUEST", "invalid_token", "There is no such token."],
  A900303: ["BAD_REQUEST", "invalid_token", "The token was changed by another call in the meantime."],
} as const satisfies Record<string, RefusalRow>;
