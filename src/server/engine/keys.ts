import { randomBytes, webcrypto } from "node:crypto";

const KEY_ID_BYTES = 8;
const rsa = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" };

/** The algorithms that a new service can sign with, and how Web Cryptography calls their keys. */
const keyTypes = {
  RS256: { name: "RSASSA-PKCS1-v1_5", ...rsa },
  PS256: { name: "RSA-PSS", ...rsa },
  ES256: { name: "ECDSA", namedCurve: "P-256" },
  EdDSA: { name: "Ed25519" },
};

/** An algorithm that keys are generated for. */
export type GeneratedAlgorithm = keyof typeof keyTypes;

/** A private key as a JWK (RFC 7517), with `kid`, `use` and `alg`. */
export type GeneratedKey = JsonWebKey & { kid: string; use: "sig"; alg: GeneratedAlgorithm };

/** Whether keys can be generated for an algorithm. */
export function isGenerated(alg: unknown): alg is GeneratedAlgorithm {
  return typeof alg === "string" && Object.hasOwn(keyTypes, alg);
}

/**
 * Generates the signing keys of a new service: one each for RS256, PS256, ES256 and EdDSA (Ed25519).
 *
 * @returns the text of a JWK Set (RFC 7517) with private keys, each with its `kid`, `use` and `alg`.
 */
export async function generateServiceKeys(): Promise<string> {
  const algorithms = Object.keys(keyTypes) as GeneratedAlgorithm[];
  return JSON.stringify({ keys: await Promise.all(algorithms.map(generateSignatureKey)) });
}

/** Generates a key for signatures of one algorithm. */
export async function generateSignatureKey(alg: GeneratedAlgorithm): Promise<GeneratedKey> {
  const { subtle } = webcrypto;
  const pair = (await subtle.generateKey(keyTypes[alg], true, ["sign", "verify"])) as webcrypto.CryptoKeyPair;
  const { key_ops: _use, ext: _exportable, ...key } = await subtle.exportKey("jwk", pair.privateKey);
  const kid = randomBytes(KEY_ID_BYTES).toString("base64url");
  return { ...key, kid, use: "sig", alg };
}
