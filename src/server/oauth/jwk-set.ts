/** A JSON Web Key of any type. */
export type Jwk = Readonly<Record<string, unknown>>;

/** The public members by key type (RFC 7518 section 6, RFC 8037 section 2, RFC 9964). What is not listed stays inside. */
const PUBLIC_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  RSA: ["n", "e"],
  EC: ["crv", "x", "y"],
  OKP: ["crv", "x"],
  AKP: ["pub"],
};

/** The members that any key may have (RFC 7517 section 4). */
const ANY_KEY_MEMBERS = ["kty", "use", "key_ops", "alg", "kid", "x5u", "x5c", "x5t", "x5t#S256"] as const;

/**
 * The part of a key set that may be published: asymmetric keys, reduced to their public members. A symmetric key, or one of
 * a type that is not known here, is left out whole.
 *
 * @see RFC 7517 section 5
 */
export function publicJwkSet(keys: readonly Jwk[]): { keys: Jwk[] } {
  return { keys: keys.map(publicKey).filter((key) => key !== undefined) };
}

function publicKey(key: Jwk): Jwk | undefined {
  const kty = typeof key.kty === "string" ? key.kty : "";
  const members = Object.hasOwn(PUBLIC_MEMBERS, kty) ? PUBLIC_MEMBERS[kty] : undefined;
  if (!members) return undefined;
  return Object.fromEntries(
    [...ANY_KEY_MEMBERS, ...members]
      .filter((name) => Object.hasOwn(key, name))
      .map((name) => [name, key[name]]),
  );
}
