import type { RefusalRow } from "../refusal-row.ts";

const request = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const client = (text: string) => ["INVALID_CLIENT", "invalid_client", text] as const;
const proof = (text: string) => ["BAD_REQUEST", "invalid_dpop_proof", text] as const;

/** What `pushed_auth_req` refuses before it looks at the authorization request (RFC 9126 2.3). */
export const pushedAuthorizationRefusals = {
  A902307: request("The pushed authorization request is too large."),
  A247301: request("The client assertion is not a JWT."),
  A247302: request("The client assertion does not tell who made it."),
  A247303: request("The Authorization header and the parameter client_id name different clients."),
  A247306: request("The request does not tell which client it comes from."),
  A247307: client("There is no client with this identifier."),
  A902308: proof("The DPoP proof does not prove what this request needs."),
  A902309: proof("The DPoP proof is not signed with an algorithm for key pairs that is allowed here."),
  A902310: proof("The DPoP proof has no public key in its header."),
  A902311: proof("The DPoP proof does not name its algorithm."),
  A350308: ["BAD_REQUEST", "use_dpop_nonce", "The DPoP proof needs the nonce that the server gives."],
} as const satisfies Record<string, RefusalRow>;
