/** The members of a key's thumbprint, in their order, by key type (RFC 7638 section 3.2, RFC 8037 section 2). */
const THUMBPRINT_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  EC: ["crv", "kty", "x", "y"],
  OKP: ["crv", "kty", "x"],
  RSA: ["e", "kty", "n"],
};

/**
 * What is hashed for the thumbprint of the key in a DPoP proof (RFC 7638 section 3). The proof has to have been verified.
 *
 * @returns `undefined` for a proof without a key of a known type.
 */
export function thumbprintText(proof: string): string | undefined {
  const key = keyIn(proof);
  const kty = typeof key?.kty === "string" ? key.kty : "";
  const names = Object.hasOwn(THUMBPRINT_MEMBERS, kty) ? THUMBPRINT_MEMBERS[kty] : undefined;
  if (!key || !names?.every((name) => typeof key[name] === "string")) return undefined;
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, key[name]])));
}

function keyIn(proof: string): Record<string, unknown> | undefined {
  try {
    const header = JSON.parse(Buffer.from(proof.split(".")[0] ?? "", "base64url").toString()) as {
      jwk?: Record<string, unknown>;
    } | null;
    return typeof header?.jwk === "object" && header.jwk !== null ? header.jwk : undefined;
  } catch {
    return undefined;
  }
}
