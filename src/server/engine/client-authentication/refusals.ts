import type { RefusalRow } from "../refusal-row.ts";

const request = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const grant = (text: string) => ["BAD_REQUEST", "invalid_grant", text] as const;
const client = (text: string) => ["INVALID_CLIENT", "invalid_client", text] as const;

/** Finding the client (A048, A244) and letting it prove who it is (A157, A158, A295). */
export const clientRefusals = {
  A048302: request("The parameter client_id has no value."),
  A048303: request("The parameter client_id is given more than once."),
  A048304: client("There is no client with this identifier."),
  A048307: client("The client is locked."),
  A048312: request("The Authorization header and the parameter client_id name different clients."),
  A048320: request("Neither a client nor a refresh token that would tell it is named."),
  A048321: grant("The client was to be told from the refresh token, and there is no such token."),
  A048322: grant("The client of the refresh token does not exist any more."),
  A048323: client("There is no client with this alias."),
  A048324: client("Aliases may not be used for this client."),
  A048351: request("Access tokens of this client are bound to a certificate, and that is not possible here."),
  A157301: client("A confidential client has to authenticate, but none of its methods does that."),
  A157302: client("A public client cannot have a method of client authentication."),
  A157303: client("A public client must not present credentials."),
  A157304: client("The client secret is missing."),
  A157305: client("The client secret is wrong."),
  A157309: client("The service does not authenticate clients by an assertion."),
  A157327: client("The service does not authenticate clients by a certificate."),
  A157357: client("The client identifier does not stand where the method of the client demands it."),
  A158301: client("The service does not authenticate clients by an attestation."),
  A244305: request("The request does not tell which client it comes from."),
  A254301: ["BAD_REQUEST", "invalid_dpop_proof", "The DPoP proof cannot be processed."],
  A295301: request("The FAPI mode does not allow this method of client authentication."),
  A295306: request("The FAPI mode does not allow this grant type."),
} as const satisfies Record<string, RefusalRow>;
