import type { Service } from "../../authlete/service.ts";
import { authenticationContexts } from "../../oauth/acr.ts";
import { providerAddresses } from "./addresses.ts";
import { grantManagementScopes, providerFeatures, providerScopes } from "./features.ts";
import { defaultLifetimes, type ProviderLifetimes, providerLifetimes } from "./lifetimes.ts";

/** What the configuration says of the service. */
export type ProviderConfiguration = {
  /** Scheme, host and port of the authorization server. */
  issuer: string;
  lifetimes: ProviderLifetimes;
  /** Whether clients may register themselves. */
  registration: boolean;
};

/**
 * A service as the OpenID Provider that Ticketgate is. Addresses, with the scopes that the one for grants needs, whether clients may
 * register, and the lifetimes that the configuration names follow it, always; whatever else an OpenID Provider needs is set once, where a service has no authorization endpoint yet and does not say otherwise.
 */
export function asProvider(service: Service, configuration: ProviderConfiguration): Service {
  const { issuer, lifetimes, registration } = configuration;
  const isProvider = service.authorizationEndpoint !== undefined;
  const complete = isProvider ? service : withFeatures(service);
  return withoutAbsent({
    ...complete,
    supportedScopes: withScopes(complete.supportedScopes, grantManagementScopes),
    supportedAcrs: withContexts(complete.supportedAcrs),
    ...providerAddresses(issuer, { registration }),
    ...providerLifetimes(lifetimes),
    dynamicRegistrationSupported: registration,
    // Clients are told which session ended, so their ID tokens say which one they are of.
    backchannelLogoutSessionSupported: true,
  });
}

function withFeatures(service: Service): Service {
  return {
    ...providerFeatures,
    ...providerLifetimes(defaultLifetimes),
    ...service,
    supportedScopes: withScopes(service.supportedScopes, providerScopes),
  };
}

function withScopes(scopes: Service["supportedScopes"] = [], wanted: typeof providerScopes) {
  const named = new Set(scopes.map(({ name }) => name));
  return [...scopes, ...wanted.filter(({ name }) => !named.has(name))];
}

/** A service from before there were second factors lists the one class that was reached then: now it lists all. */
function withContexts(listed: Service["supportedAcrs"]): Service["supportedAcrs"] {
  const isOurs = listed?.some((acr) => authenticationContexts.includes(acr));
  return listed && isOurs ? [...new Set([...listed, ...authenticationContexts])] : listed;
}

function withoutAbsent(service: Service): Service {
  return Object.fromEntries(Object.entries(service).filter(([, value]) => value !== undefined));
}
