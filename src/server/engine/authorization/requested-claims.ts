import type { Service } from "../../authlete/service.ts";
import { claimNamesOf, supportedClaims } from "../grant/claim-names.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { readClaimsRequest } from "./claims-request.ts";
import { contentsOf } from "./response/response-type.ts";

/** What a request wants to know of the user. */
export type RequestedClaims = {
  /** Names of claims for the ID token and for the userinfo endpoint, by scope or one by one. */
  idToken: string[];
  userInfo: string[];
  /** Those for the ID token that are asked for one by one. */
  namedForIdToken: string[];
  /** JSON texts of the members of the `claims` parameter. */
  idTokenText: string | undefined;
  userInfoText: string | undefined;
};

/** The claims that a request asks for, as far as the service supports them. */
export function requestedClaims(service: Service, request: AuthorizationRequest): RequestedClaims {
  const asked = readClaimsRequest(request.claims ?? "{}");
  const byScope = claimNamesOf(service, request.scopes);
  const namedForIdToken = supportedClaims(service, asked.idToken.keys());
  const namedForUserInfo = supportedClaims(service, asked.userInfo.keys());
  return {
    idToken: [...new Set([...(scopeClaimsInIdToken(service, request) ? byScope : []), ...namedForIdToken])],
    userInfo: [...new Set([...(givesAccessToken(request) ? byScope : []), ...namedForUserInfo])],
    namedForIdToken,
    idTokenText: asked.idTokenText,
    userInfoText: asked.userInfoText,
  };
}

/** Claims asked for by scope go into the ID token too, unless the service gives them to the holder of an access token only. */
export function scopeClaimsInIdToken(
  service: Service,
  request: Pick<AuthorizationRequest, "responseType">,
): boolean {
  return !(service.claimShortcutRestrictive && givesAccessToken(request));
}

/** Whether the claims of a request can be had at the userinfo endpoint. */
export function givesAccessToken({ responseType }: Pick<AuthorizationRequest, "responseType">): boolean {
  const { code, token } = contentsOf(responseType);
  return code || token;
}
