import type { Response } from "../../authlete/operations.ts";
import type { MintedToken } from "../access-token/mint.ts";
import type { EngineContext } from "../context.ts";
import type { AccessToken } from "../records.ts";
import { result } from "../refusal.ts";
import type { GrantRequest } from "./grant.ts";
import type { Narrowing } from "./narrowing.ts";
import { asksForNativeSso, nativeSsoMembers } from "./native-sso-answer.ts";
import { issuedMembers } from "./token-answer.ts";

/**
 * The answer to a refresh. The tokens are issued whatever its action: where an ID token may go with them, the caller decides
 * whether it does.
 */
export function answerRefresh(
  context: EngineContext,
  { form, caller }: GrantRequest,
  { minted, narrowing }: { minted: MintedToken; narrowing: Narrowing },
): Response<"auth/token"> {
  const { row } = minted;
  const members = {
    ...result("A053001", "The tokens were refreshed."),
    ...issuedMembers(context, caller.client, minted),
    grantType: "REFRESH_TOKEN",
    clientAuthMethod: caller.clientAuthMethod,
    ...(narrowing.requestedResources.length > 0 ? { resources: narrowing.requestedResources } : {}),
  };
  if (asksForNativeSso(context.service, row.scopes) && row.sessionId !== undefined) {
    return { ...nativeSsoMembers(form, minted, members), action: "NATIVE_SSO" };
  }
  if (isIdTokenReissuable(context, row)) {
    return { ...members, action: "ID_TOKEN_REISSUABLE", ...requestedIdTokenClaims(row) };
  }
  return { ...members, action: "OK" };
}

/** Whether `idtoken/reissue` may make a new ID token to go with an access token (OIDC Core 12.2). */
export function isIdTokenReissuable({ service }: EngineContext, { scopes, subject }: AccessToken): boolean {
  return service.idTokenReissuable === true && scopes.includes("openid") && subject !== undefined;
}

function requestedIdTokenClaims({ details }: AccessToken): { requestedIdTokenClaims?: string[] } {
  const requested = details.idToken?.requestedClaims;
  return requested?.length ? { requestedIdTokenClaims: requested } : {};
}
