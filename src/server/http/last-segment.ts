/** What names are made of that stand in paths: numbers and random values, and the aliases of clients. */
const NAME = /^[A-Za-z0-9._~-]{1,128}$/;

/**
 * The one segment of a URL's path behind a prefix.
 *
 * @returns `undefined` where there is none, there are several, or it is no name.
 */
export function lastSegment(url: string, prefix: string): string | undefined {
  const { pathname } = new URL(url);
  const name = pathname.startsWith(prefix) ? pathname.slice(prefix.length) : "";
  return NAME.test(name) && name !== "." && name !== ".." ? name : undefined;
}
