import { claimsOfScopes } from "../oauth/scope-claims.ts";
import type { StandardClaims } from "./claims.ts";

/**
 * Which claims of an end-user a client gets: those that the granted scopes stand for (OIDC Core 5.4) and those that the `claims` parameter
 * names (5.5), where the account has them. A claim without a value is left out (5.3.2). `sub` is never among them: it is the
 * engine's, for each client.
 *
 * @param claims what `AccountDirectory.claimsOf` gives; nobody has no claims.
 * @param asked.scopes what was granted, not what was asked for.
 * @param asked.names names from the `claims` parameter that the end-user agreed to.
 */
export function releasedClaims(
  claims: StandardClaims | undefined,
  asked: { scopes: readonly string[]; names?: readonly string[] },
): Record<string, unknown> {
  if (!claims) return {};
  const names = new Set([...claimsOfScopes(asked.scopes), ...(asked.names ?? [])]);
  names.delete("sub");
  return membersOf(claims, names);
}

function membersOf(source: object, names: Iterable<string>): Record<string, unknown> {
  const entries = [...names]
    .filter((name) => Object.hasOwn(source, name))
    .map((name) => [name, withoutEmpty((source as Record<string, unknown>)[name])] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** `undefined` for a value that says nothing. */
function withoutEmpty(value: unknown): unknown {
  if (value === null || value === undefined || value === "") return undefined;
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) {
    const items = value.map(withoutEmpty).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  const members = membersOf(value, Object.keys(value));
  return Object.keys(members).length > 0 ? members : undefined;
}
