import type { Client } from "../../authlete/client.ts";
import type { Request } from "../../authlete/operations.ts";
import { isStorable } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import type { AuthorizedGrant, IdTokenGrant } from "../grant/authorized-grant.ts";
import { type AuthorizationCodes, readAuthorizedGrant } from "../grant/decision.ts";
import { refuse } from "../refusal.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { decidedAuthorizationDetails } from "./decided-authorization-details.ts";
import { requestedClaims } from "./requested-claims.ts";

/** What a decision is about, and the call that tells it. */
export type Decided = {
  client: Client;
  request: AuthorizationRequest;
  call: Partial<Request<"auth/authorization/issue">>;
};

const codes: AuthorizationCodes = {
  subject: ["A042201", "A042202", "A042203"],
  sub: ["A042204", "A042204"],
  acr: ["A043201", "A043202"],
  authTime: "A043203",
  claims: "A044201",
  properties: "A045201",
  headerParameters: "A255201",
  jwtAtClaims: "A045202",
};

/** Characters of the extra parameters for the header of an ID token, at most. */
const LONGEST_HEADER = 65_535;

/** Makes the grant of a user: what was asked for, changed by what the caller says of the decision. */
export function readDecision(context: EngineContext, { client, request, call }: Decided): AuthorizedGrant {
  const header = givenNonEmptyText(call.idtHeaderParams);
  if (header !== undefined && header.length > LONGEST_HEADER) refuse("A045203");
  const authorizationDetails = decidedAuthorizationDetails(
    call.authorizationDetails,
    request.authorizationDetails,
  );
  const { authorizationDetails: _asked, ...asked } = request;
  const grant = readAuthorizedGrant(
    context,
    { client, request: { ...asked, ...(authorizationDetails ? { authorizationDetails } : {}) } },
    { authorization: call, codes },
  );
  const sessionId = readSessionId(call.sessionId);
  return {
    ...grant,
    ...claimMembers(context, request, grant),
    idToken: idTokenGrant(context, request, grant.idToken),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
}

/** A session whose name no store can hold is none. */
function readSessionId(value: unknown): string | undefined {
  const sessionId = givenNonEmptyText(value);
  return sessionId !== undefined && isStorable(sessionId) ? sessionId : undefined;
}

/** The claims of the scopes that were granted, and those asked for one by one. */
function claimMembers({ service }: EngineContext, request: AuthorizationRequest, grant: AuthorizedGrant) {
  if (!grant.scopes.includes("openid")) return {};
  const { userInfo, userInfoText } = requestedClaims(service, { ...request, scopes: grant.scopes });
  return {
    ...(userInfo.length > 0 ? { claimNames: userInfo } : {}),
    ...(userInfoText === undefined ? {} : { userInfoClaims: userInfoText }),
  };
}

/** What the request wants of its ID token, beside what the caller says of it. */
function idTokenGrant(
  { service }: EngineContext,
  request: AuthorizationRequest,
  decided: IdTokenGrant = {},
): IdTokenGrant {
  const { namedForIdToken } = requestedClaims(service, request);
  return {
    ...decided,
    ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
    ...(request.authTimeRequired ? { authTimeRequired: true } : {}),
    ...(namedForIdToken.length > 0 ? { requestedClaims: namedForIdToken } : {}),
  };
}
