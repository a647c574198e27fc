import { nextPath } from "../(interaction)/login/next-path.ts";

/**
 * The page from which a form was sent, without the language that its address asked for.
 *
 * @param referer the header: not trusted.
 * @param trustedOrigins the origins of this server's own pages.
 * @returns a path of this server: the first page when the header names no page of ours.
 */
export function cameFrom(referer: string | null, trustedOrigins: readonly string[]): string {
  const url = referer === null ? null : URL.parse(referer);
  if (!url || !trustedOrigins.includes(url.origin)) return "/";
  if (url.searchParams.has("ui_locales")) url.searchParams.delete("ui_locales");
  return nextPath(`${url.pathname}${url.search}`);
}
