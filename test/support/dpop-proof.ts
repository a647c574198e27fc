import { createHash } from "node:crypto";
import { type Keys, signJwt } from "./jwt.ts";

/** How a test's proof differs from a good one. `undefined` takes a member away. */
export type ProofOptions = {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  /** The key in the header, where it is not that of the signature. */
  signedWith?: Keys;
  /** The access token that the proof accompanies. */
  accessToken?: string;
  nonce?: string;
  /** Milliseconds since the epoch. */
  now: number;
};

let made = 0;

/** A DPoP proof (RFC 9449 4.2) for a request to the token endpoint of the test engine, and another one each time. */
export function dpopProof(keys: Keys, options: ProofOptions): Promise<string> {
  const { claims, header, accessToken, nonce } = options;
  made += 1;
  const ath = accessToken && createHash("sha256").update(accessToken).digest("base64url");
  return signJwt((options.signedWith ?? keys).privateKey, {
    header: { alg: keys.alg, typ: "dpop+jwt", jwk: keys.jwk, ...header },
    payload: {
      jti: `proof ${made}`,
      htm: "POST",
      htu: "https://as.example/oauth/token",
      iat: Math.floor(options.now / 1000),
      ...(ath === undefined ? {} : { ath }),
      ...(nonce === undefined ? {} : { nonce }),
      ...claims,
    },
  });
}
