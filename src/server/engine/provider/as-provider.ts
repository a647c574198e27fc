import type { Service } from "../../authlete/service.ts";
import { providerAddresses } from "./addresses.ts";
import { providerFeatures, providerScopes } from "./features.ts";
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
 * A service as the OpenID Provider that Ticketgate is. Addresses, whether clients may register, and the lifetimes that the configuration
 * names follow it, always; whatever else an OpenID Provider needs is set once, where a service has no authorization endpoint yet and does not say otherwise.
 */
export function asProvider(service: Service, configuration: ProviderConfiguration): Service {
  const { issuer, lifetimes, registration } = configuration;
  const isProvider = service.authorizationEndpoint !== undefined;
  return withoutAbsent({
    ...(isProvider ? service : withFeatures(service)),
    ...providerAddresses(issuer, { registration }),
    ...providerLifetimes(lifetimes),
    dynamicRegistrationSupported: registration,
    // Clients are told which session ended, so their ID tokens say which one they are of.
    backchannelLogoutSessionSupported: true,
  });
}

function withFeatures(service: Service): Service {
  const { supportedScopes = [] } = service;
  const named = new Set(supportedScopes.map(({ name }) => name));
  const missing = providerScopes.filter(({ name }) => !named.has(name));
  return {
    ...providerFeatures,
    ...providerLifetimes(defaultLifetimes),
    ...service,
    supportedScopes: [...supportedScopes, ...missing],
  };
}

function withoutAbsent(service: Service): Service {
  return Object.fromEntries(Object.entries(service).filter(([, value]) => value !== undefined));
}
