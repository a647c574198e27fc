import { refuse } from "../../refusal.ts";
import type { AuthorizationRequest } from "../authorization-request.ts";
import { type ClaimDemand, type ClaimsRequest, readClaimsRequest } from "../claims-request.ts";
import { parameter } from "../request-parameters.ts";
import type { Rule } from "../rule.ts";

/** `claims` (OIDC Core 5.5), a parameter of authentications: what it demands of the user's authentication has members of its own. */
export const claims: Rule = ({ parameters, known }) => {
  const text = parameter(parameters, "claims", ["A022301", "A022302"]);
  if (text === undefined) return {};
  const request = readClaimsRequest(text);
  if (!known.scopes.includes("openid")) return {};
  return { claims: claimsText(request), ...demandsOn(request.idToken) };
};

/** Only the two members that are understood are kept. */
function claimsText({ idTokenText, userInfoText }: ClaimsRequest): string {
  const members = [
    ...(idTokenText === undefined ? [] : [`"id_token":${idTokenText}`]),
    ...(userInfoText === undefined ? [] : [`"userinfo":${userInfoText}`]),
  ];
  return `{${members.join(",")}}`;
}

function demandsOn(idToken: ClaimsRequest["idToken"]): Partial<AuthorizationRequest> {
  const subject = demandedText(idToken.get("sub"));
  const acr = idToken.get("acr");
  const acrs = demandedTexts(acr);
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(acrs.length > 0 ? { acrs, acrEssential: acr?.essential === true } : {}),
    ...(idToken.get("auth_time")?.essential ? { authTimeRequired: true } : {}),
  };
}

function demandedText(demand: ClaimDemand | undefined): string | undefined {
  const value = demand?.value;
  if (value === undefined) return undefined;
  return typeof value === "string" ? value : refuse("A023303");
}

function demandedTexts(demand: ClaimDemand | undefined): string[] {
  const value = demandedText(demand);
  const values = (demand?.values ?? []).map((entry) =>
    typeof entry === "string" ? entry : refuse("A023305"),
  );
  return [...new Set(value === undefined ? values : [value, ...values])];
}
