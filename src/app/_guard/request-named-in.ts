import { handleIn } from "../../server/http/interaction-path.ts";

const OWN_PAGES = /^\/(?:consent|choose-account)\/(?<handle>[\w-]{43})$/;
const HANDLE = /^[\w-]{43}$/;

/**
 * The handle of the authorization request that a page stands on the way of: it is in its path, or in `next`, which leads on to the request,
 * or in `request`, which is the page after a new password.
 *
 * @param url a page's address: not trusted, and nothing without the cookie of the request.
 */
export function requestNamedIn({ pathname, searchParams }: URL): string | undefined {
  const inPath = OWN_PAGES.exec(pathname)?.groups?.handle;
  if (inPath !== undefined) return inPath;
  const after = pathname === "/reset/done" ? (searchParams.get("request") ?? "") : "";
  return HANDLE.test(after) ? after : handleIn(searchParams.get("next") ?? "");
}
