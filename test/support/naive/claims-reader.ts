import type { Endpoint } from "../../../src/server/http/endpoint.ts";

type Members = { [name: string]: unknown };

/** An authorization endpoint of a team that fills in, from what was asked for, what it asks for by default. */
export function createNaiveClaimsReader(): Record<string, Endpoint> {
  return {
    async "/oauth/authorize"(request) {
      const claims = new URLSearchParams(await request.text()).get("claims") ?? "{}";
      return Response.json(mixedIn({ userinfo: {}, id_token: {} }, JSON.parse(claims)));
    },
  };
}

function mixedIn(target: Members, source: Members): Members {
  for (const [name, inner] of Object.entries(source)) {
    if (typeof inner !== "object" || inner === null) target[name] = inner;
    else target[name] = mixedIn((target[name] ?? {}) as Members, inner as Members);
  }
  return target;
}
