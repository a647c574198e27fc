/**
 * Tells whether a request came to this server by a name that nobody else can give it: the host of one of its origins, a name of this machine, or
 * an address in numbers. A site that lets its own name lead here (DNS rebinding) is of the same origin to a browser, and would read what
 * a development server shows: its mail, its person.
 *
 * @param host the `Host` header; a request without one is for nobody.
 * @param origins those of this server.
 */
export function isOwnHost(host: string | undefined, origins: readonly string[]): boolean {
  const name = host === undefined ? undefined : URL.parse(`http://${host}`)?.hostname;
  if (name === undefined) return false;
  const isNumber = /^(?:\[.*\]|\d+\.\d+\.\d+\.\d+)$/.test(name);
  const isLoopback = /(?:^|\.)localhost$/.test(name);
  return isNumber || isLoopback || origins.some((origin) => new URL(origin).hostname === name);
}
