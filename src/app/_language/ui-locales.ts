/** How `src/proxy.ts` tells a page what its address asks for. What a browser sends under this name never arrives. */
export const UI_LOCALES_HEADER = "x-ticketgate-ui-locales";

/** The pages where somebody signs in or out, or gets to be able to. Where they lead in the end is nobody's business here. */
const ON_THE_WAY = /^\/(?:login|logout|register|reset|second-factor|verify)(?:[/?#]|$)/;
const BASE = "https://ticketgate.invalid";
const TAGS = /^[A-Za-z0-9-]{1,35}(?: [A-Za-z0-9-]{1,35}){0,15}$/;

/**
 * The languages that the address of a page asks for: its parameter `ui_locales`, as at the authorization and logout endpoints.
 *
 * @returns `undefined` when it has none, more than one, or one that cannot be read.
 */
export function uiLocalesOf({ searchParams }: URL): string | undefined {
  const [value, ...others] = searchParams.getAll("ui_locales");
  return others.length === 0 ? readableTags(value) : undefined;
}

/** Tags of languages, separated by spaces, if they are some and can go into a header. */
export function readableTags(text: string | undefined): string | undefined {
  return text !== undefined && TAGS.test(text) ? text : undefined;
}

/**
 * An address of a page, which asks for languages unless it does so already.
 *
 * @param path of ours. What is no page for signing in or out is left as it is.
 * @param uiLocales of `uiLocalesOf`.
 */
export function withUiLocales(path: string, uiLocales: string | undefined): string {
  if (uiLocales === undefined || !ON_THE_WAY.test(path)) return path;
  const url = new URL(path, BASE);
  if (!url.searchParams.has("ui_locales")) url.searchParams.set("ui_locales", uiLocales);
  return `${url.pathname}${url.search}${url.hash}`;
}
