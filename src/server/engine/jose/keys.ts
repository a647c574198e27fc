import type { KeyObject } from "node:crypto";
import type { Service } from "../../authlete/service.ts";
import { createKeySet, type KeyChoice, type KeySet, type NoKey, type PrivateKey } from "./key-set.ts";

/** JWK Sets that are kept ready at most; the one that was not used for longest goes. */
const MOST_SETS = 256;

/** Key sets, prepared once for each text. */
export interface Keys {
  /** The keys in the text of a JWK Set. */
  of(jwks: string | null | undefined): KeySet;
  /** The one private key of the service for a choice, or why there is none. */
  privateKey(service: Service, choice: KeyChoice): PrivateKey | NoKey;
  /** Public keys of the service that may have made a signature of this algorithm under this key id. */
  verificationKeys(service: Service, choice: KeyChoice): readonly KeyObject[];
}

/** Makes the key cache of an engine. */
export function createKeys(): Keys {
  const sets = new Map<string, KeySet>();
  const of = (jwks: string | null | undefined): KeySet => {
    const text = jwks ?? "";
    const set = sets.get(text) ?? createKeySet(text);
    sets.delete(text);
    sets.set(text, set);
    const [oldest] = sets.keys();
    if (sets.size > MOST_SETS && oldest !== undefined) sets.delete(oldest);
    return set;
  };
  return {
    of,
    privateKey: (service, choice) => of(service.jwks).privateKey(choice),
    verificationKeys: (service, choice) => of(service.jwks).verificationKeys(choice),
  };
}
