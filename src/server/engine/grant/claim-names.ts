import type { Service } from "../../authlete/service.ts";
import { givenList } from "../given.ts";
import { claimsOfScopes } from "../id-token/scope-claims.ts";

/**
 * The names of the claims that scopes ask for (OIDC Core 5.4), those that the service supports. Without `openid` it is no
 * authentication, and the scopes ask for none.
 */
export function claimNamesOf(service: Service, scopes: readonly string[]): string[] {
  if (!scopes.includes("openid")) return [];
  const supported = givenList(service.supportedClaims);
  return claimsOfScopes(scopes).filter((name) => supported?.includes(name) ?? true);
}
