import { isJsonObject, readJsonObject } from "../json-object.ts";
import { refuse } from "../refusal.ts";

/** What the `claims` parameter says of one claim (OIDC Core 5.5.1). */
export type ClaimDemand = { essential: boolean; value: unknown; values: readonly unknown[] | undefined };

/** The `claims` parameter (OIDC Core 5.5): demands by the names of claims, for either place. */
export type ClaimsRequest = {
  idToken: ReadonlyMap<string, ClaimDemand>;
  userInfo: ReadonlyMap<string, ClaimDemand>;
  /** JSON texts of the two members, as far as they are there. */
  idTokenText: string | undefined;
  userInfoText: string | undefined;
};

/**
 * Reads a `claims` parameter.
 *
 * @throws Refusal A022303 to A022305, A023301, A023302, A023304 for what is not built as OIDC Core 5.5 says.
 */
export function readClaimsRequest(text: string): ClaimsRequest {
  const request = readJsonObject(text) ?? refuse("A022303");
  const { id_token: idToken, userinfo: userInfo } = request;
  if (isGiven(userInfo) && !isJsonObject(userInfo)) refuse("A022304");
  if (isGiven(idToken) && !isJsonObject(idToken)) refuse("A022305");
  return {
    idToken: demandsOf(idToken),
    userInfo: demandsOf(userInfo),
    idTokenText: textOf(idToken),
    userInfoText: textOf(userInfo),
  };
}

function isGiven(member: unknown): boolean {
  return member !== undefined && member !== null;
}

function demandsOf(member: unknown): ReadonlyMap<string, ClaimDemand> {
  const claims = isJsonObject(member) ? Object.entries(member) : [];
  return new Map(claims.flatMap(([name, demand]) => (isPlain(name) ? [[name, demandOf(demand)]] : [])));
}

/** Transformed claims (OIDC for Identity Assurance, Advanced Syntax for Claims) are not offered: they are passed over. */
function isPlain(name: string): boolean {
  return name !== "verified_claims" && !name.startsWith(":");
}

function demandOf(demand: unknown): ClaimDemand {
  if (demand === null) return { essential: false, value: undefined, values: undefined };
  if (!isJsonObject(demand)) return refuse("A023301");
  const { essential = false, value, values } = demand;
  if (typeof essential !== "boolean") return refuse("A023302");
  if (values !== undefined && !Array.isArray(values)) return refuse("A023304");
  return { essential, value, values };
}

/** What is nested too deep to be written again is no claims request. */
function textOf(member: unknown): string | undefined {
  try {
    return isJsonObject(member) ? JSON.stringify(member) : undefined;
  } catch {
    return refuse("A022303");
  }
}
