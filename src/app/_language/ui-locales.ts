/** How `src/proxy.ts` tells a page what its address asks for. What a browser sends under this name never arrives. */
export const UI_LOCALES_HEADER = "x-ticketgate-ui-locales";

const TAGS = /^[A-Za-z0-9-]{1,35}(?: [A-Za-z0-9-]{1,35}){0,15}$/;

/**
 * The languages that the address of a page asks for: its parameter `ui_locales`, as at the authorization and logout endpoints.
 *
 * @returns `undefined` when it has none, more than one, or one that cannot be read.
 */
export function uiLocalesOf({ searchParams }: URL): string | undefined {
  const [value, ...others] = searchParams.getAll("ui_locales");
  return value !== undefined && others.length === 0 && TAGS.test(value) ? value : undefined;
}
