/** What `auth/introspection` answers when a token is not good for the call (RFC 6750 3.1). */
export const introspectionRefusals = {
  A057301: ["BAD_REQUEST", "invalid_request", "The call presents no access token."],
  A057302: ["UNAUTHORIZED", "invalid_token", "The access token does not exist."],
  A057304: ["UNAUTHORIZED", "invalid_token", "The access token is not a JWT access token of this service."],
  A057305: ["UNAUTHORIZED", "invalid_token", "The signature of the JWT access token is not valid."],
  A057306: ["UNAUTHORIZED", "invalid_token", "The JWT access token has no identifier."],
  A064301: ["FORBIDDEN", "insufficient_scope", "Scopes are demanded, and the access token has none."],
  A064302: ["FORBIDDEN", "insufficient_scope", "The access token lacks a scope that is demanded."],
  A064303: ["FORBIDDEN", "insufficient_scope", "The access token is not for a resource that is demanded."],
  A065301: ["UNAUTHORIZED", "invalid_token", "The access token has expired, and can be refreshed."],
  A065302: ["UNAUTHORIZED", "invalid_token", "The access token has expired, and its refresh token too."],
  A065303: ["UNAUTHORIZED", "invalid_token", "The access token has expired."],
  A065304: [
    "UNAUTHORIZED",
    "invalid_token",
    "The access token is bound to a certificate, and the call comes without.",
  ],
  A065305: ["UNAUTHORIZED", "invalid_token", "The access token is bound to another certificate."],
  A065307: ["UNAUTHORIZED", "invalid_token", "The client certificate cannot be read."],
  A065308: [
    "UNAUTHORIZED",
    "invalid_token",
    "The access token is bound to a key, and the call comes without a proof.",
  ],
  A065309: ["UNAUTHORIZED", "invalid_token", "The access token is not bound to the key of the DPoP proof."],
  A065310: ["UNAUTHORIZED", "invalid_dpop_proof", "The DPoP proof does not prove what this call needs."],
  A065311: [
    "UNAUTHORIZED",
    "invalid_dpop_proof",
    "The DPoP proof is not signed with an algorithm for key pairs that is allowed here.",
  ],
  A065312: ["UNAUTHORIZED", "invalid_dpop_proof", "The DPoP proof has no public key in its header."],
  A065313: ["UNAUTHORIZED", "invalid_dpop_proof", "The DPoP proof does not name its algorithm."],
  A065314: ["UNAUTHORIZED", "use_dpop_nonce", "The DPoP proof needs the nonce that the server gives."],
  A066301: ["FORBIDDEN", "invalid_request", "A subject is demanded, and the access token has none."],
  A066302: ["FORBIDDEN", "invalid_request", "The access token belongs to another subject."],
  A097301: ["UNAUTHORIZED", "invalid_token", "The client of the access token does not exist any more."],
  A097303: ["UNAUTHORIZED", "invalid_token", "The client of the access token is locked."],
  A340301: ["UNAUTHORIZED", "insufficient_user_authentication", "The user was not authenticated recently."],
  A341302: [
    "UNAUTHORIZED",
    "insufficient_user_authentication",
    "The authentication of the user does not satisfy the demanded context class.",
  ],
} as const satisfies Record<
  string,
  readonly [action: "BAD_REQUEST" | "UNAUTHORIZED" | "FORBIDDEN", error: string, text: string]
>;

export type IntrospectionRefusalCode = keyof typeof introspectionRefusals;
