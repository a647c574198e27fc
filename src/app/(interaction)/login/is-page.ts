/** Whether a path is a page. What is none the router must not fetch: it may do something, once, and lead out of this site. */
export function isPage(path: string): boolean {
  return !path.startsWith("/oauth/");
}
