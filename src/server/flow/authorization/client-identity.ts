import type { Client } from "../../authlete/client.ts";

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether nobody else can pass for a client. One that authenticates cannot be impersonated; of one that does not, only the owner of a web
 * address gets what is sent there, while any program may listen on the loopback interface or take a private scheme.
 *
 * @see RFC 8252, section 8.6; RFC 6749, section 10.2
 */
export function isAssuredClient({ clientType, redirectUris = [] }: Client): boolean {
  if (clientType === "CONFIDENTIAL") return true;
  return redirectUris.length > 0 && redirectUris.every(isOwnedAddress);
}

function isOwnedAddress(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === "https:" && !LOOPBACK.has(url.hostname);
}
