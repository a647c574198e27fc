const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Tells whether a request may do something: it only reads, or it comes from a page of this server. A browser says so in
 * `Sec-Fetch-Site`; one that does not know that header must name a trusted `Origin`. Whoever says neither is refused
 * (threats T8 and T10).
 *
 * @param request method and headers.
 * @param trustedOrigins the origins of this server's own pages.
 */
export function comesFromOwnPage(
  { method, headers }: Pick<Request, "method" | "headers">,
  trustedOrigins: readonly string[],
): boolean {
  if (SAFE.has(method)) return true;
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (site !== null) return site === "same-origin" && (origin === null || trustedOrigins.includes(origin));
  return origin !== null && trustedOrigins.includes(origin);
}
