import type { AuthorizationDetails } from "../../authlete/members.ts";
import { isJsonObject } from "../json-object.ts";
import type { TokenDetails } from "../records.ts";
import { refuse } from "../refusal.ts";
import { authorizationDetailsJson } from "./json.ts";

/**
 * What a token request makes of the authorization details of its grant (RFC 9396 6): those of them that it names. What an
 * element allows only its type could tell, so nothing less than a whole element counts as part of the grant.
 */
export function narrowedAuthorizationDetails(
  granted: AuthorizationDetails | undefined,
  requested: AuthorizationDetails,
): AuthorizationDetails {
  const known = authorizationDetailsJson(granted ?? {});
  const wanted = authorizationDetailsJson(requested);
  const isBeyond = (element: unknown) => !known.some((other) => isSame(element, other));
  return wanted.some(isBeyond) ? refuse("A901305") : requested;
}

/** What is kept of authorization details with a token. A refresh may ask for all of them, even after an access token for less. */
export function keptAuthorizationDetails(
  granted: AuthorizationDetails | undefined,
  narrowed: AuthorizationDetails | undefined,
): Pick<TokenDetails, "authorizationDetails" | "grantedAuthorizationDetails"> {
  if (!granted) return {};
  if (!narrowed) return { authorizationDetails: granted };
  return { authorizationDetails: narrowed, grantedAuthorizationDetails: granted };
}

/** Whether two JSON values are the same; the order of members does not count. */
function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((value, index) => isSame(value, right[index]));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const names = Object.keys(left);
  const hasAll = names.every((name) => Object.hasOwn(right, name) && isSame(left[name], right[name]));
  return hasAll && names.length === Object.keys(right).length;
}
