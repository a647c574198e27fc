import type { Service } from "../../authlete/service.ts";
import { claimsOfScopes } from "../../oauth/scope-claims.ts";
import { givenList } from "../given.ts";

/**
 * The names of the claims that scopes ask for (OIDC Core 5.4), those that the service supports. Without `openid` it is no
 * authentication, and the scopes ask for none.
 */
export function claimNamesOf(service: Service, scopes: readonly string[]): string[] {
  return scopes.includes("openid") ? supportedClaims(service, claimsOfScopes(scopes)) : [];
}

/** A service that lists no claims supports any. `name#ja` is the claim `name` in a language (OIDC Core 5.2). */
export function supportedClaims(service: Service, names: Iterable<string>): string[] {
  const listed = givenList(service.supportedClaims);
  return [...names].filter((name) => listed?.includes(name.split("#", 1)[0] as string) ?? true);
}
