import type { RefusalRow } from "../refusal-row.ts";

const metadata = (text: string) => ["BAD_REQUEST", "invalid_client_metadata", text] as const;
const token = (text: string) => ["BAD_REQUEST", "invalid_token", text] as const;

/** What the operations on registrations refuse (RFC 7591 3.2.2, RFC 7592). `A9` codes are this engine's own. */
export const clientRegistrationRefusals = {
  A206201: [
    "INTERNAL_SERVER_ERROR",
    "server_error",
    "The service does not support dynamic client registration.",
  ],
  A203302: metadata("There are no client metadata."),
  A203303: metadata("The client metadata are not a JSON object."),
  A204301: metadata("A client has either a key set or the address of one, not both."),
  A204302: metadata("The grant type authorization_code needs a response type with a code."),
  A204303: metadata("The grant type implicit needs a response type with a token."),
  A204304: metadata("A response type with a code needs the grant type authorization_code."),
  A204305: metadata("A response type with a token needs the grant type implicit."),
  A204306: metadata("A member of the client metadata has to be a list of texts."),
  A204307: metadata("A member of the client metadata has to be a web address."),
  A204308: metadata("A member of the client metadata has to be a text."),
  A204309: metadata("A member of the client metadata has to be a whole number of seconds."),
  A204310: metadata("A member of the client metadata has to be true or false."),
  A204311: metadata("The key set has to be a JWK Set with public keys and no others."),
  A204312: metadata("Pairwise subjects for several hosts need a sector identifier URI."),
  A204313: metadata("A member of the client metadata has to be an https address."),
  A214301: metadata("The client metadata do not repeat the identifier of the client."),
  A214302: metadata("The identifier in the client metadata is not the client's."),
  A215301: token("The call lacks the identifier of the client."),
  A215304: metadata("The secret in the client metadata is not the client's."),
  A215305: token("The registration access token is missing."),
  A215307: token("The registration access token is not for this client."),
  A900305: [
    "BAD_REQUEST",
    "invalid_redirect_uri",
    "A redirection URI is missing, or not one that this client may have.",
  ],
  A900306: metadata("A member of the client metadata has a value that is not supported."),
  A900307: metadata("The method of client authentication needs keys, or one name of a certificate."),
  A900309: metadata(
    "The document at the sector identifier URI cannot be read, or does not list every redirection URI.",
  ),
  A900310: metadata("A client of this software is registered already."),
  A900312: metadata("The client metadata have a scope that the service does not have."),
} as const satisfies Record<string, RefusalRow>;
