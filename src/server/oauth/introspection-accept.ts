/** The media type of an introspection answer that is a JWT (RFC 9701 section 5). */
export const INTROSPECTION_JWT = "application/token-introspection+jwt";
const JSON_TYPE = "application/json";

/**
 * Whether an `Accept` header asks for an introspection answer as a JWT (RFC 9701 4): it names that type, and likes JSON no
 * better.
 */
export function wantsJwt(accept: string | undefined): boolean {
  const weights = new Map((accept ?? "").split(",").map(readRange));
  const jwt = weights.get(INTROSPECTION_JWT) ?? 0;
  return jwt > 0 && jwt >= (weights.get(JSON_TYPE) ?? 0);
}

/** A media range and its weight (RFC 9110 12.5.1); a weight that is none counts as 0. */
function readRange(range: string): [type: string, weight: number] {
  const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
  return [type, /^[01](?:\.\d{0,3})?$/.test(weight) ? Number(weight) : 0];
}
