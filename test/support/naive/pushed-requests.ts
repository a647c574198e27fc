import type { Endpoint } from "../../../src/server/http/endpoint.ts";
import type { Services } from "../../../src/server/services.ts";
import { createNaiveInteraction } from "./interaction.ts";

/** Pushed requests as a team keeps them that takes them for a way to shorten addresses: for anybody, for as long as the server runs. */
export function createNaivePushedRequests(services: Services): Record<string, Endpoint> {
  const pushed = new Map<string, string>();
  const interaction = createNaiveInteraction(services);
  return {
    ...interaction,
    async "/oauth/par"(request) {
      const requestUri = `urn:ietf:params:oauth:request_uri:${pushed.size}`;
      pushed.set(requestUri, await request.text());
      return Response.json({ request_uri: requestUri, expires_in: 60 }, { status: 201 });
    },
    async "/oauth/authorize"(request) {
      const url = new URL(request.url);
      const parameters = pushed.get(url.searchParams.get("request_uri") ?? "");
      if (parameters !== undefined) url.search = parameters;
      const authorize = interaction["/oauth/authorize"] as Endpoint;
      return authorize(new Request(url, { headers: request.headers }));
    },
  };
}
