import type { RefusalRow } from "../refusal-row.ts";

const request = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const fault = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** Why an ID token cannot be made: settings of the service (A0461, A0462) or of the client (A0463, A4063). */
export const idTokenRefusals = {
  A046101: fault("The claims of the ID token cannot be written as JSON."),
  A046102: fault("The algorithm that the client wants its ID tokens signed with is unknown."),
  A046108: fault("The ID token could not be encrypted."),
  A046109: fault("The algorithm that the client wants its ID tokens encrypted with is not supported."),
  A046113: fault("The client secret is too short for the algorithm of its ID tokens."),
  A046203: fault("The service has no private key for the algorithm of the ID token."),
  A046204: fault("The service has several private keys for the algorithm of the ID token."),
  A046301: request("The client wants unsigned ID tokens, and there are none."),
  A046303: request("The client has registered no keys that its ID tokens could be encrypted with."),
  A046304: request("The keys of the client, which ID tokens are encrypted with, cannot be had."),
  A046309: request("None of the client's keys fits the encryption of its ID tokens."),
  A046311: request("Several of the client's keys fit the encryption of its ID tokens."),
  A046313: request("The client has no secret of its own that its ID tokens could be encrypted with."),
  A902209: fault("The service has no issuer that the ID token could name."),
  A406301: request("The client has no secret of its own that its ID tokens could be signed with."),
} as const satisfies Record<string, RefusalRow>;
