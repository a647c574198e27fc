import { inspect } from "node:util";
import type { Endpoint } from "../../../src/server/http/endpoint.ts";

/** An endpoint that answers a failure with what it knows of it: that helps whoever integrates it. */
export function tellingEndpoint(endpoint: Endpoint): Endpoint {
  return (request) =>
    endpoint(request).catch((error: unknown) =>
      Response.json({ error: inspect(error, { depth: 9 }) }, { status: 500 }),
    );
}

/** An endpoint that shows with a refusal what it refused. */
export function repeatingEndpoint(endpoint: Endpoint): Endpoint {
  return async (request) => {
    const received = await request.clone().text();
    const response = await endpoint(request);
    return response.ok ? response : Response.json({ received }, { status: response.status });
  };
}
