import type { KeyObject } from "node:crypto";
import type { JweAlg, JwsAlg } from "../../authlete/enumerations.ts";
import { registeredAlgorithm } from "./edwards.ts";
import { jweAlgorithm } from "./jwe-algorithm.ts";
import { importPrivateKey, importPublicKey, type Jwk, readJwks } from "./jwk.ts";
import { type JwsAlgorithm, jwsAlgorithm } from "./jws-algorithm.ts";

/** A private key ready to sign. */
export type PrivateKey = { key: KeyObject; algorithm: JwsAlgorithm; kid: string | undefined };

/** A key ready to encrypt or to decrypt. */
export type EncryptionKey = { key: KeyObject; kid: string | undefined };

/** Which key is wanted: one for an algorithm and, where something names one, of a key id. */
export type KeyChoice<Alg extends string = JwsAlg> = { alg: Alg; kid: string | undefined };

/** Why there is no key: nothing is signed with a key that was only guessed, so several candidates are as bad as none. */
export type NoKey = "missing" | "ambiguous";

/** The keys of a JWK Set, each imported once when it is first needed. */
export type KeySet = {
  readonly keys: readonly Jwk[];
  /** The one private key of a choice, or why there is none. */
  privateKey(choice: KeyChoice): PrivateKey | NoKey;
  /** Public keys that may have made a signature of this algorithm under this key id. */
  verificationKeys(choice: KeyChoice): readonly KeyObject[];
  /** Public keys that a JWE of this algorithm can be made for. */
  encryptionKeys(choice: KeyChoice<JweAlg>): readonly EncryptionKey[];
  /** Private keys that may open a JWE of this algorithm. */
  decryptionKeys(choice: KeyChoice<JweAlg>): readonly EncryptionKey[];
};

/** Prepares the keys in the text of a JWK Set; the set is empty when the text is not one. */
export function createKeySet(jwks: string | null | undefined): KeySet {
  const keys = readJwks(jwks);
  const publicKeys = new Map<Jwk, KeyObject | undefined>();
  const privateKeys = new Map<Jwk, KeyObject | undefined>();
  const publicOf = (jwk: Jwk) => remembered(publicKeys, jwk, importPublicKey);
  const privateOf = (jwk: Jwk) => remembered(privateKeys, jwk, importPrivateKey);
  return {
    keys,
    privateKey(choice) {
      const candidates = keys.filter((jwk) => typeof jwk.d === "string" && signs(jwk, choice));
      if (candidates.length > 1) return "ambiguous";
      const [jwk] = candidates;
      const key = jwk && privateOf(jwk);
      const algorithm = jwsAlgorithm(choice.alg);
      return key && algorithm ? { key, algorithm, kid: jwk.kid } : "missing";
    },
    verificationKeys: (choice) =>
      keys.filter((jwk) => signs(jwk, choice)).flatMap((jwk) => publicOf(jwk) ?? []),
    encryptionKeys: (choice) => keys.filter((jwk) => encrypts(jwk, choice)).flatMap(named(publicOf)),
    decryptionKeys: (choice) => keys.filter((jwk) => encrypts(jwk, choice)).flatMap(named(privateOf)),
  };
}

function named(imported: (jwk: Jwk) => KeyObject | undefined) {
  return (jwk: Jwk): EncryptionKey[] => {
    const key = imported(jwk);
    return key ? [{ key, kid: jwk.kid }] : [];
  };
}

function remembered<Name, Value>(cache: Map<Name, Value>, name: Name, make: (name: Name) => Value): Value {
  if (cache.has(name)) return cache.get(name) as Value;
  const value = make(name);
  cache.set(name, value);
  return value;
}

function signs(jwk: Jwk, { alg, kid }: KeyChoice): boolean {
  const algorithm = jwsAlgorithm(alg);
  if (!algorithm || jwk.kty !== algorithm.kty) return false;
  if (algorithm.crv && !algorithm.crv.includes(jwk.crv ?? "")) return false;
  return isFor(jwk, "sig", alg) && (!kid || jwk.kid === kid);
}

function encrypts(jwk: Jwk, { alg, kid }: KeyChoice<JweAlg>): boolean {
  const algorithm = jweAlgorithm(alg);
  if (algorithm?.with !== "key pair" || !algorithm.kty.includes(jwk.kty ?? "")) return false;
  if (algorithm.crv && !algorithm.crv.includes(jwk.crv ?? "")) return false;
  return isFor(jwk, "enc", algorithm.alg) && (!kid || jwk.kid === kid);
}

/** A key that does not say what it is for serves both purposes, and one without an algorithm serves all that fit it. */
function isFor(jwk: Jwk, use: "sig" | "enc", alg: string): boolean {
  return (jwk.use ?? use) === use && registeredAlgorithm(jwk.alg ?? alg) === alg;
}
