import { hash } from "node:crypto";
import type { Jwk } from "./jwk.ts";

/** The members that make a key what it is, in the order of their names (RFC 7638 3.2, RFC 8037 2). */
const members: Record<string, readonly string[]> = {
  EC: ["crv", "kty", "x", "y"],
  OKP: ["crv", "kty", "x"],
  RSA: ["e", "kty", "n"],
};

/** The SHA-256 thumbprint of a public key in base64url (RFC 7638 3); `undefined` for a key that is none of a pair. */
export function thumbprint(jwk: Jwk): string | undefined {
  const names = Object.hasOwn(members, jwk.kty ?? "") ? members[jwk.kty ?? ""] : undefined;
  if (!names?.every((name) => typeof jwk[name] === "string")) return undefined;
  const canonical = Object.fromEntries(names.map((name) => [name, jwk[name]]));
  return hash("sha256", JSON.stringify(canonical), "base64url");
}
