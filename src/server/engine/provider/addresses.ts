import type { Service } from "../../authlete/service.ts";

/**
 * Where Ticketgate's own endpoints and pages stand. They are nobody else's to choose, so a stored service gets them at every start.
 *
 * @param issuer scheme, host and port of the authorization server.
 * @param options.registration whether clients may register themselves: an endpoint that takes nobody is not named.
 */
export function providerAddresses(issuer: string, { registration }: { registration: boolean }) {
  const register = registration ? `${issuer}/oauth/register` : undefined;
  return {
    issuer,
    authorizationEndpoint: `${issuer}/oauth/authorize`,
    tokenEndpoint: `${issuer}/oauth/token`,
    pushedAuthReqEndpoint: `${issuer}/oauth/par`,
    introspectionEndpoint: `${issuer}/oauth/introspect`,
    revocationEndpoint: `${issuer}/oauth/revoke`,
    userInfoEndpoint: `${issuer}/oauth/userinfo`,
    jwksUri: `${issuer}/oauth/jwks`,
    registrationEndpoint: register,
    registrationManagementEndpoint: register,
    deviceAuthorizationEndpoint: `${issuer}/oauth/device`,
    deviceVerificationUri: `${issuer}/device`,
    deviceVerificationUriComplete: `${issuer}/device?user_code=USER_CODE`,
    backchannelAuthenticationEndpoint: `${issuer}/oauth/ciba`,
    endSessionEndpoint: `${issuer}/oauth/logout`,
    grantManagementEndpoint: `${issuer}/oauth/grants`,
  } as const satisfies Service;
}
