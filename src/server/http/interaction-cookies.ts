import { parseCookies } from "../session/cookie.ts";

/** More sign-ins than anybody has under way in one browser. */
const MOST = 12;

/**
 * The names of interaction cookies to clear before another one is set, so that requests that nobody finished do not fill the header.
 *
 * @param header the `Cookie` header; browsers put the oldest first.
 * @see RFC 6265, section 5.4
 */
export function withoutOldest(header: string | null, prefix: string): string[] {
  const names = [...parseCookies(header).keys()].filter((name) => name.startsWith(prefix));
  return names.slice(0, Math.max(0, names.length - MOST + 1));
}
