import { type JweAlg, type JweEnc, jweAlgSchema, jweEncSchema } from "../../authlete/enumerations.ts";

/**
 * What a JWE algorithm (RFC 7518 4.1) encrypts the content key with: a key pair of these kinds, a key made of the client
 * secret, of so many bytes (`undefined`: as many as the content encryption needs), or the client secret as a password.
 */
export type KeyManagement =
  | { with: "key pair"; kty: readonly string[]; crv?: readonly string[] }
  | { with: "secret key"; bytes: number | undefined }
  | { with: "password" };

const rsa: KeyManagement = { with: "key pair", kty: ["RSA"] };
const agreement: KeyManagement = {
  with: "key pair",
  kty: ["EC", "OKP"],
  crv: ["P-256", "P-384", "P-521", "X25519"],
};
const secretKey = (bytes: number | undefined): KeyManagement => ({ with: "secret key", bytes });
const password: KeyManagement = { with: "password" };

/**
 * The algorithms by their names in the API, with the names that stand in a JOSE header. RSA1_5 is none of them: answers to broken
 * padding have been read as decryptions of it.
 */
const algorithms: Record<JweAlg, (KeyManagement & { alg: string }) | undefined> = {
  RSA1_5: undefined,
  RSA_OAEP: { alg: "RSA-OAEP", ...rsa },
  RSA_OAEP_256: { alg: "RSA-OAEP-256", ...rsa },
  A128KW: { alg: "A128KW", ...secretKey(16) },
  A192KW: { alg: "A192KW", ...secretKey(24) },
  A256KW: { alg: "A256KW", ...secretKey(32) },
  DIR: { alg: "dir", ...secretKey(undefined) },
  ECDH_ES: { alg: "ECDH-ES", ...agreement },
  ECDH_ES_A128KW: { alg: "ECDH-ES+A128KW", ...agreement },
  ECDH_ES_A192KW: { alg: "ECDH-ES+A192KW", ...agreement },
  ECDH_ES_A256KW: { alg: "ECDH-ES+A256KW", ...agreement },
  A128GCMKW: { alg: "A128GCMKW", ...secretKey(16) },
  A192GCMKW: { alg: "A192GCMKW", ...secretKey(24) },
  A256GCMKW: { alg: "A256GCMKW", ...secretKey(32) },
  PBES2_HS256_A128KW: { alg: "PBES2-HS256+A128KW", ...password },
  PBES2_HS384_A192KW: { alg: "PBES2-HS384+A192KW", ...password },
  PBES2_HS512_A256KW: { alg: "PBES2-HS512+A256KW", ...password },
};

/** The content encryptions (RFC 7518 5.1): their names in a JOSE header, and the bytes of their keys. */
const encryptions: Record<JweEnc, { enc: string; bytes: number }> = {
  A128CBC_HS256: { enc: "A128CBC-HS256", bytes: 32 },
  A192CBC_HS384: { enc: "A192CBC-HS384", bytes: 48 },
  A256CBC_HS512: { enc: "A256CBC-HS512", bytes: 64 },
  A128GCM: { enc: "A128GCM", bytes: 16 },
  A192GCM: { enc: "A192GCM", bytes: 24 },
  A256GCM: { enc: "A256GCM", bytes: 32 },
};

/** A JWE algorithm by its name in the API; `undefined` when it is unknown or not to be used. */
export function jweAlgorithm(name: unknown): (KeyManagement & { alg: string }) | undefined {
  const known = jweAlgSchema.safeParse(name);
  return known.success ? algorithms[known.data] : undefined;
}

/** A content encryption by its name in the API. */
export function jweEncryption(name: unknown): { enc: string; bytes: number } | undefined {
  const known = jweEncSchema.safeParse(name);
  return known.success ? encryptions[known.data] : undefined;
}

/** The name in the API of an algorithm that stands in a JOSE header. */
export function jweAlgorithmNamed(alg: unknown): JweAlg | undefined {
  return jweAlgSchema.options.find((name) => algorithms[name]?.alg === alg);
}

/** The name in the API of a content encryption that stands in a JOSE header. */
export function jweEncryptionNamed(enc: unknown): JweEnc | undefined {
  return jweEncSchema.options.find((name) => encryptions[name].enc === enc);
}
