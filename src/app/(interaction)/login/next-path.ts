const BASE = "https://ticketgate.invalid";

/**
 * Where to go after a sign-in: a path of this server, or the first page. Whatever a browser could take for another site
 * or for a script is refused (threat T23).
 *
 * @param text from the address or the form: not trusted.
 * @returns path, query and fragment, starting with one slash.
 */
export function nextPath(text: unknown): string {
  if (typeof text !== "string" || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return "/";
  const url = URL.canParse(text, BASE) ? new URL(text, BASE) : undefined;
  if (url?.origin !== BASE || url.pathname.startsWith("//")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
