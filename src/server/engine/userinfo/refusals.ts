const request = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const invalidToken = (text: string) => ["UNAUTHORIZED", "invalid_token", text] as const;
const invalidProof = (text: string) => ["UNAUTHORIZED", "invalid_dpop_proof", text] as const;
const fault = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** What `auth/userinfo` answers when a token does not open the endpoint (RFC 6750 3.1, RFC 9449 7.1). */
const userinfo = {
  A088301: request("The call presents no access token."),
  A088302: invalidToken("The access token does not exist."),
  A088305: invalidToken("The JWT access token has no identifier."),
  A088306: invalidToken("The access token is not a JWT access token of this service."),
  A088307: invalidToken("The signature of the JWT access token is not valid."),
  A089301: invalidToken("The access token has expired."),
  A089302: invalidToken("The access token has expired, and its refresh token too."),
  A089303: invalidToken("The access token has expired, and can be refreshed."),
  A089304: ["FORBIDDEN", "insufficient_scope", "The access token lacks the scope openid."],
  A089305: invalidToken("The access token belongs to no subject."),
  A089306: invalidToken("The access token came of the password grant, which is no authentication."),
  A089307: invalidToken("The access token is bound to a certificate, and the call comes without."),
  A089308: invalidToken("The client certificate cannot be read."),
  A089310: invalidToken("The access token is bound to another certificate."),
  A089311: invalidToken("The access token is bound to a key, and the call comes without a proof."),
  A089312: invalidToken("The access token is not bound to the key of the DPoP proof."),
  A089313: invalidProof("The DPoP proof does not prove what this call needs."),
  A089314: invalidProof("The DPoP proof is not signed with an algorithm for key pairs that is allowed here."),
  A089315: invalidProof("The DPoP proof has no public key in its header."),
  A089316: invalidProof("The DPoP proof does not name its algorithm."),
  A902303: ["UNAUTHORIZED", "use_dpop_nonce", "The DPoP proof needs the nonce that the server gives."],
  A902304: invalidToken("The client has to sign its requests, and signatures are not verified here."),
  A098301: invalidToken("The client of the access token does not exist any more."),
  A098303: invalidToken("The client of the access token is locked."),
} as const;

/** What `auth/userinfo/issue` answers when it gives no claims. */
const issue = {
  A092301: request("The call presents no access token."),
  A092302: invalidToken("The access token does not exist."),
  A092305: invalidToken("The JWT access token has no identifier."),
  A092306: invalidToken("The access token is not a JWT access token of this service."),
  A092307: invalidToken("The signature of the JWT access token is not valid."),
  A093301: invalidToken("The access token has expired."),
  A093302: invalidToken("The access token has expired, and its refresh token too."),
  A093303: invalidToken("The access token has expired, and can be refreshed."),
  A093304: ["FORBIDDEN", "insufficient_scope", "The access token lacks the scope openid."],
  A093305: invalidToken("The access token belongs to no subject."),
  A093306: invalidToken("The access token came of the password grant, which is no authentication."),
  A902305: invalidToken("The client has to sign its requests, and signatures are not verified here."),
  A094201: fault("The claims are not a JSON object."),
  A095301: invalidToken("The client of the access token does not exist any more."),
  A902306: invalidToken("The client of the access token is locked."),
  A902211: fault("The service has no issuer that the claims could name."),
  A162203: fault("The service has no private key for the signature that the client wants."),
  A162204: fault("The service has several private keys for the signature that the client wants."),
  A163101: fault("The keys of the client, for the encryption that it wants, cannot be fetched."),
  A163301: fault("The client has registered no keys for the encryption that it wants."),
  A163305: fault("None of the client's keys fits the encryption that it wants."),
  A163307: fault("Several of the client's keys fit the encryption that it wants."),
  A164102: fault("The service does not sign as the client wants."),
  A164104: fault("The claims could not be encrypted."),
  A164105: fault("The service does not encrypt as the client wants."),
  A164107: fault("The claims cannot be written as a JWT."),
  A164201: fault("The client has no secret that is long enough for the signature that it wants."),
  A164301: fault("The client has no secret for the encryption that it wants."),
} as const;

export const userinfoRefusals = { ...userinfo, ...issue } as const satisfies Record<
  string,
  readonly [
    action: "BAD_REQUEST" | "UNAUTHORIZED" | "FORBIDDEN" | "INTERNAL_SERVER_ERROR",
    error: string,
    text: string,
  ]
>;

export type UserinfoRefusalCode = keyof typeof userinfoRefusals;
