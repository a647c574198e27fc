const caller = (text: string) => ["CALLER_ERROR", "invalid_request", text] as const;
const invalidToken = (text: string) => ["UNAUTHORIZED", "invalid_token", text] as const;
const invalidProof = (text: string) => ["UNAUTHORIZED", "invalid_dpop_proof", text] as const;

/** What `gm` refuses (RFC 6750 3.1, RFC 9449 7.1). `A9` codes are this engine's own: the API's are not known. */
export const grantManagementRefusals = {
  A900208: caller("The call does not say whether the grant is queried or revoked."),
  A900209: caller("The call names no grant."),
  A900313: invalidToken("The call presents no access token."),
  A279306: invalidToken("The access token does not exist."),
  A900314: invalidToken("The access token is not a JWT access token of this service."),
  A900315: invalidToken("The signature of the JWT access token is not valid."),
  A900316: invalidToken("The JWT access token has no identifier."),
  A900317: invalidToken("The access token has expired."),
  A900318: invalidToken("The client of the access token does not exist any more, or is locked."),
  A900319: invalidToken("The access token is bound to a certificate, and the call comes without."),
  A900320: invalidToken("The client certificate cannot be read."),
  A900321: invalidToken("The access token is bound to another certificate."),
  A281305: invalidToken("The access token is bound to a key, and the call comes without a proof."),
  A900322: invalidToken("The access token is not bound to the key of the DPoP proof."),
  A900323: invalidProof("The DPoP proof does not prove what this call needs."),
  A900324: invalidProof("The DPoP proof is not signed with an algorithm for key pairs that is allowed here."),
  A900325: invalidProof("The DPoP proof has no public key in its header."),
  A900326: invalidProof("The DPoP proof does not name its algorithm."),
  A900327: ["UNAUTHORIZED", "use_dpop_nonce", "The DPoP proof needs the nonce that the server gives."],
  A900328: ["FORBIDDEN", "insufficient_scope", "The access token lacks the scope for this action."],
  A900329: ["FORBIDDEN", "unauthorized_client", "Only confidential clients may manage grants."],
  A283301: ["NOT_FOUND", "invalid_request", "There is no such grant among those of the access token."],
} as const satisfies Record<
  string,
  readonly [action: "CALLER_ERROR" | "UNAUTHORIZED" | "FORBIDDEN" | "NOT_FOUND", error: string, text: string]
>;

export type GrantManagementRefusalCode = keyof typeof grantManagementRefusals;
