/**
 * The content security policy of one answer: only scripts that carry the nonce, and what those load.
 *
 * @param nonce fresh for every answer, at least 128 bits.
 * @param options.images addresses of images besides our own.
 * @param options.development lets React evaluate source texts and the tooling add styles and open a socket.
 * @param options.frames origins whose pages this one loads in frames.
 */
export function contentSecurityPolicy(
  nonce: string,
  options: { development: boolean; images?: readonly string[]; frames?: readonly string[] },
): string {
  const { development, images = [], frames = [] } = options;
  return Object.entries({
    "default-src": ["'none'"],
    "script-src": [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(development ? ["'unsafe-eval'"] : []),
    ],
    "script-src-attr": ["'none'"],
    "style-src": development ? ["'self'", "'unsafe-inline'"] : ["'self'", `'nonce-${nonce}'`],
    "img-src": ["'self'", "data:", ...images.map(imageSource)],
    "font-src": ["'self'"],
    "connect-src": development ? ["'self'", "ws:"] : ["'self'"],
    "manifest-src": ["'self'"],
    ...(frames.length > 0 ? { "frame-src": frames } : {}),
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
  })
    .map(([directive, sources]) => [directive, ...sources].join(" "))
    .join("; ");
}

/** An address as a source expression: without its query, and with what separates sources and directives encoded. */
function imageSource(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname.replaceAll(";", "%3B").replaceAll(",", "%2C")}`;
}
