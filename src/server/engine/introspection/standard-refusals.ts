import type { RefusalRow } from "../refusal-row.ts";

const request = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const fault = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** What `auth/introspection/standard` refuses. A token that is not active is no refusal. */
export const standardIntrospectionRefusals = {
  A145201: fault("The call lacks the parameters of the introspection request."),
  A145202: fault("The parameters of the introspection request are not a text."),
  A145301: request("The introspection request has no parameters."),
  A145302: request("The parameter token is missing."),
  A902302: request("The parameter token is given more than once."),
  A902202: fault("The answer cannot be signed with this algorithm."),
  A902203: fault("The service has no private key, or several, for the signature of the answer."),
  A902204: fault("The shared key for the signature of the answer is missing or too short."),
  A902205: fault("The answer cannot be encrypted with these algorithms."),
  A902206: fault("The key for the encryption of the answer is missing, or does not fit the algorithm."),
  A902210: fault("The service has no issuer that the answer could name."),
  A902207: fault("The answer cannot be written as a JWT."),
  A404301: request("An answer as a JWT needs the URI of the resource server."),
} as const satisfies Record<string, RefusalRow>;
