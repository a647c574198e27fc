/** An answer to a request that nobody routes. */
export type RoutingRefusal = { status: number; headers: Record<string, string>; text: string };

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const plain = {
  "content-type": "text/plain; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

/**
 * Refuses what Next answers with 500 although it is the sender's mistake: a method that no page or endpoint knows, a target that is no path
 * (`*` is one for OPTIONS only), and a path whose percent-encoding is broken.
 *
 * @param method the request's method.
 * @param path the request's path, without its query.
 * @returns `undefined` for a request that can be routed.
 * @see RFC 9110, sections 9.1 and 15.5.6; RFC 9112, section 3.2.4; RFC 3986, section 2.1
 */
export function routingRefusal(method: string, path: string): RoutingRefusal | undefined {
  if (!METHODS.includes(method)) {
    return refusal(405, "This method is not known here.", { allow: METHODS.join(", ") });
  }
  if (!path.startsWith("/") && method !== "OPTIONS") return refusal(400, "The target is no path.");
  return isWellEncoded(path) ? undefined : refusal(400, "The address is not well encoded.");
}

/** A refusal in plain text. */
export function refusal(status: number, text: string, headers: Record<string, string> = {}): RoutingRefusal {
  return { status, headers: { ...plain, ...headers }, text: `${text}\n` };
}

function isWellEncoded(path: string): boolean {
  if (!path.includes("%")) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path and query of a request, in whatever form the target came: a host that stands in it is not ours to believe, and no redirect may
 * repeat it (threat T22).
 *
 * @param target as it stands in the request line.
 * @see RFC 9112, section 3.2
 */
export function originForm(target: string): string {
  const absolute = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*(?<rest>.*)$/is.exec(target)?.groups?.rest;
  if (absolute === undefined) return target;
  return absolute.startsWith("/") ? absolute : `/${absolute}`;
}
