import type { Endpoint } from "../../../src/server/http/endpoint.ts";
import type { Services } from "../../../src/server/services.ts";
import { cookieRules, parseCookies } from "../../../src/server/session/cookie.ts";
import { endSession } from "../../../src/server/session/session.ts";

/** Signs out, and goes back to wherever the request says. */
export async function naiveLogout(parameters: URLSearchParams): Promise<string | undefined> {
  return parameters.get("post_logout_redirect_uri") ?? undefined;
}

/** A logout endpoint that does as it is told, by whomever. */
export function createNaiveLogout(services: Services): Record<string, Endpoint> {
  const { idleMs, absoluteMs } = services.settings.session;
  return {
    async "/oauth/logout"({ headers }) {
      const { session } = cookieRules(services.config.origin);
      await endSession({ ...services, idleMs, absoluteMs }, parseCookies(headers.get("cookie")).get(session));
      return new Response(null, { status: 303, headers: { location: "/" } });
    },
  };
}
