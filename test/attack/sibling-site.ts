import type { AttackedBrowser } from "../support/naive/gate.ts";

/**
 * What a page of a sibling host does with `Set-Cookie: ...; Domain=<the parent>`. A browser takes no cookie from there whose name begins
 * with one of the prefixes that stand for "this host only".
 *
 * @returns whether the browser took it.
 * @see draft-ietf-httpbis-rfc6265bis, section 4.1.3
 */
export function plantFromSibling({ cookies }: AttackedBrowser, name: string, value: string): boolean {
  if (/^__host-/i.test(name)) return false;
  cookies.set(name, value);
  return true;
}
