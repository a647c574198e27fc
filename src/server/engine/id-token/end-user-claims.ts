import type { Service } from "../../authlete/service.ts";
import { claimsOfScopes, scopeClaims } from "../../oauth/scope-claims.ts";
import { readJsonObject } from "../json-object.ts";
import type { IdTokenRequest } from "./id-token.ts";

/**
 * The claims of the end-user that go into an ID token. Of the standard claims (OIDC Core 5.1) only those that the client
 * asked for do; every other claim is a decision of the caller, and so is every claim of a flow in which clients cannot ask.
 *
 * @returns names, with their language tags, and values; without those that have no value.
 */
export function endUserClaims(service: Service, request: IdTokenRequest): [string, unknown][] {
  const { claims } = request.grant.idToken ?? {};
  const given = Object.entries((claims && readJsonObject(claims)) || {}).filter(
    ([, value]) => value !== null,
  );
  if (request.claimsAsGiven) return given;
  const asked = askedFor(service, request);
  return given.filter(([name]) => !standardClaims.has(plainName(name)) || asked.has(plainName(name)));
}

const standardClaims: ReadonlySet<string> = new Set([...scopeClaims.values()].flat());

/** Claims asked for by scope stay out of an ID token beside an access token where the service wants that (OIDC Core 5.4). */
function askedFor(service: Service, { grant, besideAccessToken }: IdTokenRequest): ReadonlySet<string> {
  const named = (grant.idToken?.requestedClaims ?? []).map(plainName);
  const scopesCount = !(service.claimShortcutRestrictive && besideAccessToken);
  return new Set([...named, ...(scopesCount ? claimsOfScopes(grant.scopes) : [])]);
}

/** `name#ja-Kana-JP` is the claim `name` in a language (OIDC Core 5.2). */
function plainName(name: string): string {
  return name.split("#", 1)[0] as string;
}
