import { createWebApi } from "../engine/http.ts";
import type { Services } from "../services.ts";
import { createAuthorizeEndpoint } from "./authorize.ts";
import { createBackchannelEndpoint } from "./backchannel.ts";
import { withCrossOrigin, withPublicReading } from "./cors.ts";
import { createDeviceRequestEndpoint } from "./device-request.ts";
import type { Endpoint, EndpointRow } from "./endpoint.ts";
import { createGrantManagementEndpoint } from "./grant-management.ts";
import { createInteractionEndpoint } from "./interaction.ts";
import { createIntrospectionEndpoint } from "./introspection.ts";
import { createJwksEndpoint } from "./jwks.ts";
import { createLogoutEndpoint } from "./logout.ts";
import { createMetadataEndpoint } from "./metadata.ts";
import { createPushedRequestEndpoint } from "./pushed-request.ts";
import { createClientConfigurationEndpoint, createRegistrationEndpoint } from "./registration.ts";
import { createResponse } from "./response.ts";
import { createRevocationEndpoint } from "./revocation.ts";
import { createTokenEndpoint } from "./token.ts";
import { createTrpcEndpoint } from "./trpc.ts";
import { createUserinfoEndpoint } from "./userinfo.ts";

/**
 * Every endpoint that is not a page: one row a path. The front door serves this table directly, Next's route files
 * serve it too, and the README's table is compared with it.
 */
export function endpointTable(services: Services): EndpointRow[] {
  const { corsOrigins } = services.config;
  const forScripts = (endpoint: Endpoint, ...methods: string[]) =>
    withCrossOrigin(endpoint, { origins: corsOrigins, methods });
  const metadata = withPublicReading(createMetadataEndpoint(services));
  return [
    {
      path: "/oauth/authorize",
      methods: ["GET", "POST"],
      endpoint: createAuthorizeEndpoint(services),
      specification: "RFC 6749 3.1, OIDC Core 3.1.2.1",
    },
    {
      path: "/oauth/interaction/*",
      methods: ["GET", "POST"],
      endpoint: createInteractionEndpoint(services),
      specification: "RFC 6749 4.1",
    },
    {
      path: "/oauth/token",
      methods: ["POST"],
      endpoint: forScripts(createTokenEndpoint(services), "POST"),
      specification: "RFC 6749 3.2",
    },
    {
      path: "/oauth/par",
      methods: ["POST"],
      endpoint: createPushedRequestEndpoint(services),
      specification: "RFC 9126",
    },
    {
      path: "/oauth/device",
      methods: ["POST"],
      endpoint: createDeviceRequestEndpoint(services),
      specification: "RFC 8628 3.1",
    },
    {
      path: "/oauth/ciba",
      methods: ["POST"],
      endpoint: createBackchannelEndpoint(services),
      specification: "OpenID Connect CIBA 7",
    },
    {
      path: "/oauth/introspect",
      methods: ["POST"],
      endpoint: createIntrospectionEndpoint(services),
      specification: "RFC 7662, 9701",
    },
    {
      path: "/oauth/revoke",
      methods: ["POST"],
      endpoint: forScripts(createRevocationEndpoint(services), "POST"),
      specification: "RFC 7009",
    },
    {
      path: "/oauth/userinfo",
      methods: ["GET", "POST"],
      endpoint: forScripts(createUserinfoEndpoint(services), "GET", "POST"),
      specification: "OpenID Connect Core 5.3",
    },
    {
      path: "/oauth/jwks",
      methods: ["GET"],
      endpoint: withPublicReading(createJwksEndpoint(services)),
      specification: "RFC 7517",
    },
    {
      path: "/oauth/register",
      methods: ["POST"],
      endpoint: forScripts(createRegistrationEndpoint(services), "POST"),
      specification: "RFC 7591",
    },
    {
      path: "/oauth/register/*",
      methods: ["GET", "PUT", "DELETE"],
      endpoint: forScripts(createClientConfigurationEndpoint(services), "GET", "PUT", "DELETE"),
      specification: "RFC 7592",
    },
    {
      path: "/oauth/grants/*",
      methods: ["GET", "DELETE"],
      endpoint: createGrantManagementEndpoint(services),
      specification: "Grant Management for OAuth 2.0",
    },
    {
      path: "/.well-known/openid-configuration",
      methods: ["GET"],
      endpoint: metadata,
      specification: "OpenID Connect Discovery 1.0",
    },
    {
      path: "/.well-known/oauth-authorization-server",
      methods: ["GET"],
      endpoint: metadata,
      specification: "RFC 8414",
    },
    {
      path: "/.well-known/oauth-authorization-server/*",
      methods: ["GET"],
      endpoint: metadata,
      specification: "RFC 8414 3.1",
    },
    {
      path: "/oauth/logout",
      methods: ["GET", "POST"],
      endpoint: createLogoutEndpoint(services),
      specification: "OpenID Connect RP-Initiated Logout 1.0",
    },
    {
      path: "/api/trpc/*",
      methods: ["GET", "POST"],
      endpoint: createTrpcEndpoint(services),
      specification: "tRPC 11 over HTTP",
    },
    {
      path: "/api/{serviceId}/*",
      methods: ["GET", "POST", "PUT", "DELETE"],
      endpoint: webApi(services),
      specification: "Authlete 3.0 Web API",
    },
  ];
}

/** An error of the Web API, in its own form, though no engine is there to make it. */
const noEngine = { resultCode: "A001223", resultMessage: "[A001223] No engine is embedded here." };
const webApiHeaders = {
  "content-type": "application/json;charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

function webApi({ config, engine, log }: Services): EndpointRow["endpoint"] {
  if (!engine || config.engine.kind !== "embedded") {
    return async () => createResponse(JSON.stringify(noEngine), { status: 404, headers: webApiHeaders });
  }
  const { serviceId, token } = config.engine;
  return createWebApi({
    engine,
    serviceId,
    token,
    report: (error) => log.error("web_api.failed", { error }),
    createResponse,
  });
}
