import type { Service } from "../../authlete/service.ts";
import { authenticationContexts } from "../../oauth/acr.ts";
import { claimsOfScopes, scopeClaims } from "../../oauth/scope-claims.ts";

/** The claims that the engine makes itself, and those of OIDC Core 5.4, which accounts have. */
const claims = [
  "sub",
  "iss",
  "aud",
  "exp",
  "iat",
  "auth_time",
  "acr",
  "amr",
  "nonce",
  "sid",
  ...claimsOfScopes([...scopeClaims.keys()]),
];

/** What a client may tell about itself beyond what the engine knows: how it takes part in logout. */
export const logoutMetadata = [
  "post_logout_redirect_uris",
  "backchannel_logout_uri",
  "backchannel_logout_session_required",
  "frontchannel_logout_uri",
  "frontchannel_logout_session_required",
];

/**
 * What an OpenID Provider offers, as a service begins with it. From then on these settings are the operator's: `service/update` changes
 * them, and what is set stays.
 */
export const providerFeatures: Service = {
  supportedPromptValues: ["NONE", "LOGIN", "CONSENT", "SELECT_ACCOUNT", "CREATE"],
  // A wish about looks, which must not end in an error (OIDC Core 15.1): the pages fit wherever they are shown.
  supportedDisplays: ["PAGE", "POPUP", "TOUCH", "WAP"],
  supportedUiLocales: ["en", "ja"],
  supportedAcrs: [...authenticationContexts],
  supportedClaims: claims,
  supportedClaimTypes: ["NORMAL"],
  // Claims asked for by scope come from the UserInfo endpoint (OIDC Core 5.4).
  claimShortcutRestrictive: true,
  // RFC 8252 7.3: a native application cannot know its port beforehand.
  loopbackRedirectionUriVariable: true,
  // OIDC Core 12.2: a refresh brings an ID token too.
  idTokenReissuable: true,
  supportedBackchannelTokenDeliveryModes: ["POLL", "PING", "PUSH"],
  // What was registered is all that may be asked for; the rest is set in the registration flow.
  dcrScopeUsedAsRequestable: true,
  unauthorizedOnClientConfigSupported: true,
  supportedCustomClientMetadata: logoutMetadata,
  // RFC 8693 1 leaves to the server who may exchange: clients that were given the right, and proved who they are.
  tokenExchangeByIdentifiableClientsOnly: true,
  tokenExchangeByConfidentialClientsOnly: true,
  tokenExchangeByPermittedClientsOnly: true,
  tokenExchangeEncryptedJwtRejected: true,
  tokenExchangeUnsignedJwtRejected: true,
  jwtGrantByIdentifiableClientsOnly: true,
  jwtGrantEncryptedJwtRejected: true,
  jwtGrantUnsignedJwtRejected: true,
};

/** Scopes beyond the ones of a service that only issues tokens. */
export const providerScopes = [
  { name: "address", description: "See your postal address.", defaultEntry: false },
  { name: "phone", description: "See your phone number.", defaultEntry: false },
];

/** The scopes that the grant management endpoint asks for: without them nobody could use it (Grant Management for OAuth 2.0, section 6.1). */
export const grantManagementScopes = [
  { name: "grant_management_query", description: "See what you allowed it.", defaultEntry: false },
  { name: "grant_management_revoke", description: "Give up what you allowed it.", defaultEntry: false },
];
