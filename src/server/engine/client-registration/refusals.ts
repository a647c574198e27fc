import type { RefusalRow } from "../refusal-row.ts";

const metadata = (text: string) => ["BAD_REQUEST", "invalid_client_metadata", text] as const;
const token = (text: string) => ["BAD_REQUEST", "invalid_token", text] as const;
const fault = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** What the operations on registrations refuse (RFC 7591 3.2.2, RFC 7592). `A9` codes are this engine's own. */
export const clientRegistrationRefusals = {
  A206201: fault("The service does not support dynamic client registration."),
  A215301: token("The registration access token is missing."),
  A215302: token("The registration access token is not for this client."),
  A900206: fault("The call lacks the client metadata."),
  A900207: fault("The call lacks the identifier of the client."),
  A900304: metadata("The client metadata are not a JSON object."),
  A900305: [
    "BAD_REQUEST",
    "invalid_redirect_uri",
    "A redirection URI is missing, or not one that this client may have.",
  ],
  A900306: metadata("The client metadata have a member of the wrong type, or a value that is not supported."),
  A900307: metadata(
    "The key set and the address of a key set exclude one another, and the method needs one of them.",
  ),
  A900308: metadata("The grant types and the response types do not fit together."),
  A900309: metadata("Pairwise subjects for several hosts need a sector identifier URI."),
  A900310: metadata("A client of this software is registered already."),
  A900311: metadata("The identifier or the secret in the metadata is not the client's."),
  A900312: metadata("The client metadata have a scope that the service does not have."),
} as const satisfies Record<string, RefusalRow>;
