import type { Jwk } from "./jwk.ts";

/** Members of a JWK that may be shown to everybody (RFC 7517 4, RFC 7518 6, RFC 8037 2). */
const publicMembers = [
  "kty",
  "kid",
  "use",
  "key_ops",
  "alg",
  "n",
  "e",
  "crv",
  "x",
  "y",
  "x5u",
  "x5c",
  "x5t",
  "x5t#S256",
] as const;

/** What everybody may see of a key. A symmetric one has no public part. */
export function publicJwk(key: Jwk): Jwk {
  return Object.fromEntries(
    publicMembers.filter((name) => key[name] !== undefined).map((name) => [name, key[name]]),
  );
}
