const TWO_YEARS_SECONDS = 63_072_000;

/**
 * Tells browsers to come over https only. It belongs to every answer of an https origin, whatever is asked for first; over http a browser
 * would take no notice of it.
 *
 * @param origin the public origin of this server.
 * @see RFC 6797
 */
export function transportSecurity(origin: string): Record<string, string> {
  if (!origin.startsWith("https:")) return {};
  return { "strict-transport-security": `max-age=${TWO_YEARS_SECONDS}; includeSubDomains` };
}
