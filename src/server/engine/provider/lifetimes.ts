import type { Service } from "../../authlete/service.ts";

/** How long things live that the service gives out, in seconds. What is absent is the operator's to say. */
export type ProviderLifetimes = Readonly<{
  accessToken?: number | undefined;
  refreshToken?: number | undefined;
  idToken?: number | undefined;
  code?: number | undefined;
  /** A signed authorization response (JARM). */
  authorizationResponse?: number | undefined;
  pushedRequest?: number | undefined;
  device?: number | undefined;
  backchannel?: number | undefined;
}>;

/** What a service begins with: a code lives for a minute (FAPI 2.0 Security Profile 5.3.2.1), a refresh token for thirty days. */
export const defaultLifetimes: ProviderLifetimes = {
  accessToken: 3600,
  refreshToken: 2_592_000,
  idToken: 3600,
  code: 60,
  authorizationResponse: 60,
  pushedRequest: 300,
  device: 600,
  backchannel: 300,
};

/** The members of the service that hold these lifetimes. */
export function providerLifetimes(seconds: ProviderLifetimes): Service {
  const members = {
    accessTokenDuration: seconds.accessToken,
    refreshTokenDuration: seconds.refreshToken,
    idTokenDuration: seconds.idToken,
    authorizationCodeDuration: seconds.code,
    authorizationResponseDuration: seconds.authorizationResponse,
    pushedAuthReqDuration: seconds.pushedRequest,
    deviceFlowCodeDuration: seconds.device,
    backchannelAuthReqIdDuration: seconds.backchannel,
  };
  return Object.fromEntries(Object.entries(members).filter(([, duration]) => duration !== undefined));
}
