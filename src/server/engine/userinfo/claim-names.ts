import type { Service } from "../../authlete/service.ts";
import { claimNamesOf, supportedClaims } from "../grant/claim-names.ts";
import { readJsonObject } from "../json-object.ts";
import type { AccessToken } from "../records.ts";

/**
 * The names of the claims that a token gives at the userinfo endpoint: those of its scopes (OIDC Core 5.4), which a refresh
 * may have narrowed, and those that the authorization request named (OIDC Core 5.5).
 */
export function userInfoClaimNames(service: Service, { scopes, details }: AccessToken): string[] {
  const named = Object.keys(readJsonObject(details.userInfoClaims ?? "{}") ?? {}).filter(isPlain);
  return [...new Set([...claimNamesOf(service, scopes), ...supportedClaims(service, named)])];
}

/** Transformed and verified claims (OIDC for Identity Assurance) are not offered. */
function isPlain(name: string): boolean {
  return name !== "verified_claims" && !name.startsWith(":");
}
