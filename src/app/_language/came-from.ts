import { requestNamedIn } from "../_guard/request-named-in.ts";
import { nextPath } from "../(interaction)/login/next-path.ts";
import type { Language } from "./language.ts";

/**
 * The page from which a form was sent, without the language that its address asked for: with the chosen one in its place on the way of
 * an authorization request.
 *
 * @param referer the header: not trusted.
 * @param trustedOrigins the origins of this server's own pages.
 * @param language what somebody has chosen.
 * @returns a path of this server: the first page when the header names no page of ours.
 */
export function cameFrom(
  referer: string | null,
  trustedOrigins: readonly string[],
  language?: Language,
): string {
  const url = referer === null ? null : URL.parse(referer);
  if (!url || !trustedOrigins.includes(url.origin)) return "/";
  if (url.searchParams.has("ui_locales")) url.searchParams.delete("ui_locales");
  // The request would ask for its own languages again.
  if (language !== undefined && requestNamedIn(url) !== undefined)
    url.searchParams.set("ui_locales", language);
  return nextPath(`${url.pathname}${url.search}`);
}
