import type { Display, Prompt, ResponseType } from "../../authlete/enumerations.ts";
import type { AuthorizationDetails } from "../../authlete/members.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import type { EffectiveMode } from "./response/response-mode.ts";

/** An authorization request (RFC 6749 4.1.1, OIDC Core 3.1.2.1) whose client and redirection URI are known and that was found valid. */
export type AuthorizationRequest = {
  clientId: number;
  clientIdAliasUsed: boolean;
  responseType: ResponseType;
  responseMode: EffectiveMode;
  redirectUri: string;
  /** Whether the request named the redirection URI: then the token request has to repeat it. */
  redirectUriGiven: boolean;
  state?: string;
  nonce?: string;
  /** Registered scopes, dynamic ones by the value that was asked for. */
  scopes: string[];
  dynamicScopes?: { name: string; value: string }[];
  /** RFC 7636. */
  codeChallenge?: string;
  codeChallengeMethod?: "plain" | "S256";
  /** RFC 8707. */
  resources: string[];
  /** RFC 9396. */
  authorizationDetails?: AuthorizationDetails;
  /** The `claims` parameter (OIDC Core 5.5), JSON text of an object. */
  claims?: string;
  /** Seconds. 0 says nothing, as in the API. */
  maxAge?: number;
  /** The request or the client wants to know when the user was authenticated. */
  authTimeRequired?: boolean;
  acrs?: string[];
  acrEssential?: boolean;
  /** The subject, as the client knows it, that a claims request or an earlier ID token demands. */
  subject?: string;
  prompts?: Prompt[];
  display?: Display;
  uiLocales?: string[];
  claimsLocales?: string[];
  loginHint?: string;
  purpose?: string;
  /** JSON text of the payload of the request object. */
  requestObjectPayload?: string;
  /** The thumbprint of the key that the authorization code is bound to (RFC 9449 10). */
  dpopJkt?: string;
  /** The pushed request this came by. It is spent when the authorization request is completed, not before. */
  pushedRequestHash?: string;
  /** Grant Management for OAuth 2.0. */
  grantManagementAction?: "CREATE" | "QUERY" | "REPLACE" | "REVOKE" | "MERGE";
  grantId?: string;
  /** OpenID Connect Native SSO: the scopes `openid` and `device_sso` and a response type with a code. */
  nativeSsoRequested?: boolean;
};

/** What waits for `auth/authorization/issue` or `auth/authorization/fail`. */
export type AuthorizationTicket = {
  request: AuthorizationRequest;
  /** A text of the caller's own. */
  context?: string;
};

/** An authorization code (RFC 6749 1.3.1), as it stands while it can be redeemed and after. */
export type AuthorizationCode = {
  request: Pick<
    AuthorizationRequest,
    | "redirectUri"
    | "redirectUriGiven"
    | "codeChallenge"
    | "codeChallengeMethod"
    | "dpopJkt"
    | "nonce"
    | "state"
  >;
  grant: AuthorizedGrant;
};
