import type { RefusalRow } from "../refusal-row.ts";

const request = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const grant = (text: string) => ["BAD_REQUEST", "invalid_grant", text] as const;
const fault = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** What the authorization code grant refuses. */
export const authorizationCodeRefusals = {
  A050101: fault("The access token could not be stored, because its value exists already."),
  A050201: fault("The extra properties are too big."),
  A050202: fault("The JWT access token could not be made."),
  A050301: request("The parameter code is missing."),
  A050302: request("The parameter code has no value."),
  A050303: request("The parameter code is given more than once."),
  A050304: request("The parameter redirect_uri is given more than once."),
  A050305: grant("There is no such authorization code, or it was used."),
  A050306: grant("The authorization code belongs to another service."),
  A050307: grant("The authorization code was issued to another client."),
  A050308: grant("The authorization request named a redirection URI, and the token request names none."),
  A050309: grant("The redirection URI is not the one of the authorization request."),
  A050310: grant("The authorization request named no redirection URI, and the token request names one."),
  A050311: grant("The authorization code has expired."),
  A050312: grant("The code_verifier is missing."),
  A050313: grant("The parameter code_verifier has no value."),
  A050314: request("The parameter code_verifier is given more than once."),
  A050315: grant("The code_verifier does not fit the code_challenge of the authorization request."),
  A050316: grant("The code_verifier is not what RFC 7636 allows."),
  A050317: grant("There is a code_verifier, and the authorization request had no code_challenge."),
  A901301: grant("The authorization code is bound to another DPoP key."),
} as const satisfies Record<string, RefusalRow>;
