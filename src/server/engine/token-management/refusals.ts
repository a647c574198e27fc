import type { RefusalRow } from "../refusal-row.ts";

const caller = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/**
 * What the operations on tokens refuse; it is never the client application's fault, and each operation has its own actions for
 * it. `A9` codes are this engine's own.
 */
export const tokenManagementRefusals = {
  A104201: caller("The grant type is missing, or unknown."),
  A104202: caller("A refresh token is no grant type that tokens are created for."),
  A104203: caller("The service does not support the grant type."),
  A105201: caller("The subject is missing."),
  A105202: caller("The subject is too long."),
  A105203: caller("The subject has characters other than printable ASCII."),
  A106201: caller("A scope is not registered."),
  A107201: caller("There is no such client."),
  A107203: caller("The client is locked."),
  A108201: caller("The extra properties are too big."),
  A108202: caller("A refresh token is chosen, but service and client do not use them."),
  A108203: caller("A refresh token is chosen, but the implicit grant has none."),
  A108204: caller("A refresh token is chosen, but client credentials have none."),
  A108205: caller("The JWT access token could not be made."),
  A134201: caller("No token is named."),
  A134202: caller("There is no such token."),
  A144201: caller("An access token of this value exists already."),
  A144202: caller("A refresh token of this value exists already."),
  A900204: caller("The thumbprint of a certificate or a key is not a SHA-256 value in base64url."),
  A900205: caller("The session has an identifier that cannot be stored."),
} as const satisfies Record<string, RefusalRow>;
