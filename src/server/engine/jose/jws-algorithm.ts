import { constants, type KeyObject, type SigningOptions, sign, verify } from "node:crypto";
import type { JwsAlg } from "../../authlete/enumerations.ts";

/** How an asymmetric JWS algorithm (RFC 7518 3.1, RFC 8037) works, and which keys fit it. */
export type JwsAlgorithm = {
  kty: "RSA" | "EC" | "OKP";
  crv: readonly string[] | undefined;
  hash: "sha256" | "sha384" | "sha512" | null;
  options: SigningOptions;
};

const rsa = (hash: "sha256" | "sha384" | "sha512"): JwsAlgorithm => ({
  kty: "RSA",
  crv: undefined,
  hash,
  options: { padding: constants.RSA_PKCS1_PADDING },
});

const pss = (hash: "sha256" | "sha384" | "sha512"): JwsAlgorithm => ({
  kty: "RSA",
  crv: undefined,
  hash,
  options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
});

const ecdsa = (hash: "sha256" | "sha384" | "sha512", crv: string): JwsAlgorithm => ({
  kty: "EC",
  crv: [crv],
  hash,
  options: { dsaEncoding: "ieee-p1363" },
});

/** The algorithms that need a key pair. Of the symmetric ones see `hmac.ts`. */
export const jwsAlgorithms: Readonly<Record<JwsAlg, JwsAlgorithm | undefined>> = {
  NONE: undefined,
  HS256: undefined,
  HS384: undefined,
  HS512: undefined,
  RS256: rsa("sha256"),
  RS384: rsa("sha384"),
  RS512: rsa("sha512"),
  PS256: pss("sha256"),
  PS384: pss("sha384"),
  PS512: pss("sha512"),
  ES256: ecdsa("sha256", "P-256"),
  ES384: ecdsa("sha384", "P-384"),
  ES512: ecdsa("sha512", "P-521"),
  ES256K: ecdsa("sha256", "secp256k1"),
  EdDSA: { kty: "OKP", crv: ["Ed25519", "Ed448"], hash: null, options: {} },
};

/** The algorithm of this name as it stands in a JOSE header, if it is one for key pairs. */
export function jwsAlgorithm(name: unknown): JwsAlgorithm | undefined {
  return typeof name === "string" && Object.hasOwn(jwsAlgorithms, name)
    ? jwsAlgorithms[name as JwsAlg]
    : undefined;
}

/** The algorithms for key pairs, by their names. */
export const asymmetricAlgorithms: readonly JwsAlg[] = (Object.keys(jwsAlgorithms) as JwsAlg[]).filter(
  (name) => jwsAlgorithms[name] !== undefined,
);

/** The JWS compact serialization of a header and a payload that are encoded already. */
export function signCompact(signingInput: string, algorithm: JwsAlgorithm, key: KeyObject): string {
  const signature = sign(algorithm.hash, Buffer.from(signingInput), { key, ...algorithm.options });
  return `${signingInput}.${signature.toString("base64url")}`;
}

/** Whether a signature fits. One of a wrong shape does not. */
export function verifySignature(
  { signingInput, signature }: { signingInput: string; signature: string },
  algorithm: JwsAlgorithm,
  key: KeyObject,
): boolean {
  try {
    return verify(
      algorithm.hash,
      Buffer.from(signingInput),
      { key, ...algorithm.options },
      Buffer.from(signature, "base64url"),
    );
  } catch {
    return false;
  }
}
