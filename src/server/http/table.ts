import { createWebApi } from "../engine/http.ts";
import type { Services } from "../services.ts";
import type { EndpointRow } from "./endpoint.ts";
import { createIntrospectionEndpoint } from "./introspection.ts";
import { createJwksEndpoint } from "./jwks.ts";
import { createResponse } from "./response.ts";
import { createRevocationEndpoint } from "./revocation.ts";
import { createTokenEndpoint } from "./token.ts";
import { createTrpcEndpoint } from "./trpc.ts";

/**
 * Every endpoint that is not a page: one row a path. The front door serves this table directly, Next's route files
 * serve it too, and the README's table is compared with it.
 */
export function endpointTable(services: Services): EndpointRow[] {
  return [
    {
      path: "/oauth/token",
      methods: ["POST"],
      endpoint: createTokenEndpoint(services),
      specification: "RFC 6749 3.2",
    },
    {
      path: "/oauth/introspect",
      methods: ["POST"],
      endpoint: createIntrospectionEndpoint(services),
      specification: "RFC 7662",
    },
    {
      path: "/oauth/revoke",
      methods: ["POST"],
      endpoint: createRevocationEndpoint(services),
      specification: "RFC 7009",
    },
    {
      path: "/oauth/jwks",
      methods: ["GET"],
      endpoint: createJwksEndpoint(services),
      specification: "RFC 7517",
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
