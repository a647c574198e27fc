import { getRequestListener } from "@hono/node-server";
import type { CreateResponse } from "./engine/http.ts";

/**
 * Makes responses of the class that the bridge to `node:http` has for itself: it writes them without the streams and headers
 * that the global class makes of every body. The bridge gives its class away only as the global one. Next must not see that
 * replaced, so it is put back before anybody can look.
 */
export function createBridgeResponses(): CreateResponse {
  const own = (["Request", "Response"] as const).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  getRequestListener(() => new Response());
  const BridgeResponse = globalThis.Response;
  for (const [name, descriptor] of own) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
  }
  return (body, init) => new BridgeResponse(body, init);
}
