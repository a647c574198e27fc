import type { Endpoint } from "../../../src/server/http/endpoint.ts";

/** Where a request says that it was sent to. */
export function hostOf(headers: Headers): string {
  return headers.get("x-forwarded-host") ?? headers.get("host") ?? "";
}

/** An endpoint that works behind any proxy and under any name, without being told: links have the host of the request. */
export function underAnyHost(endpoint: Endpoint, origin: string): Endpoint {
  return async (request) => {
    const response = await endpoint(request);
    const text = (await response.text()).replaceAll(origin, `https://${hostOf(request.headers)}`);
    return new Response(text, { status: response.status, headers: response.headers });
  };
}
