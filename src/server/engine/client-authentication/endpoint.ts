import type { Service } from "../../authlete/service.ts";
import { givenList } from "../given.ts";

/** Where a client authenticates. */
export type ClientEndpoint =
  | "token"
  | "revocation"
  | "introspection"
  | "pushed_authorization"
  | "device_authorization"
  | "backchannel_authentication";

type Settings = {
  url: (service: Service) => string | undefined;
  /** Its name among the aliases for mutual TLS (RFC 8705 5). */
  alias: string;
  methods: (service: Service) => readonly string[] | undefined;
};

const tokenMethods = (service: Service) => givenList(service.supportedTokenAuthMethods);

const endpoints: Record<ClientEndpoint, Settings> = {
  token: { url: (service) => service.tokenEndpoint, alias: "token_endpoint", methods: tokenMethods },
  revocation: {
    url: (service) => service.revocationEndpoint,
    alias: "revocation_endpoint",
    methods: (service) => givenList(service.supportedRevocationAuthMethods),
  },
  introspection: {
    url: (service) => service.introspectionEndpoint,
    alias: "introspection_endpoint",
    methods: (service) => givenList(service.supportedIntrospectionAuthMethods),
  },
  pushed_authorization: {
    url: (service) => service.pushedAuthReqEndpoint,
    alias: "pushed_authorization_request_endpoint",
    methods: tokenMethods,
  },
  device_authorization: {
    url: (service) => service.deviceAuthorizationEndpoint,
    alias: "device_authorization_endpoint",
    methods: tokenMethods,
  },
  backchannel_authentication: {
    url: (service) => service.backchannelAuthenticationEndpoint,
    alias: "backchannel_authentication_endpoint",
    methods: tokenMethods,
  },
};

/** The addresses that an endpoint goes by: its own, and the one for mutual TLS. */
export function endpointUrls(service: Service, endpoint: ClientEndpoint): string[] {
  const { url, alias } = endpoints[endpoint];
  const aliases = givenList(service.mtlsEndpointAliases)?.filter(({ name }) => name === alias) ?? [];
  return [url(service), ...aliases.map(({ uri }) => uri)].filter(
    (value) => value !== undefined && value !== "",
  ) as string[];
}

/** Whether an endpoint takes this method. A service that lists no methods takes all; an empty list takes none. */
export function endpointTakes(service: Service, endpoint: ClientEndpoint, method: string): boolean {
  return endpoints[endpoint].methods(service)?.includes(method) ?? true;
}
