import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import type { JwsAlg } from "../../authlete/enumerations.ts";
import type { Service } from "../../authlete/service.ts";
import { type JwsAlgorithm, jwsAlgorithm } from "./jws-algorithm.ts";

/** A member of a JWK Set (RFC 7517). */
export type Jwk = JsonWebKey & { kid?: string; [member: string]: unknown };

/** A private key ready to sign, with the JOSE header in front of every access token it signs. */
export type SigningKey = { key: KeyObject; algorithm: JwsAlgorithm; encodedHeader: string };

/** The keys of the service, prepared once for each text of its JWK Set. */
export interface ServiceKeys {
  /** The key for access tokens; `undefined` when no key, or more than one, fits the service's settings. */
  signingKey(service: Service): SigningKey | undefined;
  /** Public keys that may have made a signature of this algorithm under this key id. */
  verificationKeys(service: Service, header: { alg: JwsAlg; kid: string | undefined }): KeyObject[];
}

type Prepared = {
  jwks: string | undefined;
  keys: readonly Jwk[];
  signing: Map<string, SigningKey | undefined>;
  verification: Map<string, KeyObject[]>;
};

/** Makes the key cache of an engine. */
export function createServiceKeys(): ServiceKeys {
  let prepared: Prepared | undefined;
  const prepare = (service: Service): Prepared => {
    if (prepared && prepared.jwks === service.jwks) return prepared;
    prepared = {
      jwks: service.jwks,
      keys: readJwks(service.jwks),
      signing: new Map(),
      verification: new Map(),
    };
    return prepared;
  };
  return {
    signingKey(service) {
      const { keys, signing } = prepare(service);
      const name = `${service.accessTokenSignAlg} ${service.accessTokenSignatureKeyId ?? ""}`;
      return remembered(signing, name, () => selectSigningKey(keys, service));
    },
    verificationKeys(service, { alg, kid }) {
      const { keys, verification } = prepare(service);
      const suitable = keys.filter((key) => fits(key, alg) && (kid === undefined || key.kid === kid));
      if (suitable.length === 0) return [];
      return remembered(verification, `${alg} ${kid ?? ""}`, () =>
        suitable.flatMap((key) => importKey(key, createPublicKey) ?? []),
      );
    },
  };
}

function remembered<Value>(cache: Map<string, Value>, name: string, make: () => Value): Value {
  if (cache.has(name)) return cache.get(name) as Value;
  const value = make();
  cache.set(name, value);
  return value;
}

/** The keys in the text of a JWK Set; none when it is not one. */
export function readJwks(jwks: string | null | undefined): Jwk[] {
  if (!jwks) return [];
  try {
    const { keys } = JSON.parse(jwks) as { keys?: unknown };
    return Array.isArray(keys) ? keys.filter((key) => typeof key?.kty === "string") : [];
  } catch {
    return [];
  }
}

/** Nothing is signed with a key that was only guessed: several candidates are as bad as none. */
function selectSigningKey(keys: readonly Jwk[], service: Service): SigningKey | undefined {
  const alg = service.accessTokenSignAlg;
  const algorithm = jwsAlgorithm(alg);
  if (!alg || !algorithm) return undefined;
  const kid = service.accessTokenSignatureKeyId;
  const candidates = keys.filter(
    (key) => typeof key.d === "string" && fits(key, alg) && (!kid || key.kid === kid),
  );
  const [candidate] = candidates;
  const key = candidates.length === 1 && candidate && importKey(candidate, createPrivateKey);
  if (!key) return undefined;
  const header = { alg, typ: "at+jwt", ...(candidate.kid === undefined ? {} : { kid: candidate.kid }) };
  return { key, algorithm, encodedHeader: Buffer.from(JSON.stringify(header)).toString("base64url") };
}

function fits(key: Jwk, alg: string): boolean {
  const algorithm = jwsAlgorithm(alg);
  if (!algorithm || key.kty !== algorithm.kty) return false;
  if (algorithm.crv && !algorithm.crv.includes(key.crv ?? "")) return false;
  return (key.use ?? "sig") === "sig" && (key.alg ?? alg) === alg;
}

function importKey(
  key: Jwk,
  create: (input: { key: JsonWebKey; format: "jwk" }) => KeyObject,
): KeyObject | undefined {
  try {
    return create({ key, format: "jwk" });
  } catch {
    return undefined;
  }
}
