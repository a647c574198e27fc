import { signedInAt } from "../../../src/server/flow/authorization/signed-in.ts";
import type { Endpoint } from "../../../src/server/http/endpoint.ts";
import type { Services } from "../../../src/server/services.ts";
import { cookieRules, parseCookies } from "../../../src/server/session/cookie.ts";

/** What a code stands for. */
export type NaiveCode = { subject: string; scopes: string[] };

/**
 * The way of an authorization request as a team in a hurry builds it, over the same engine and sessions as ours. The engine's ticket is what
 * addresses name a request by; whoever has one goes on with it, as whoever came with it first. A decision may come as a link, in a mail for
 * instance, and works again after the back button, because the engine is simply asked anew.
 */
export function createNaiveInteraction(
  services: Services,
  codes: Map<string, NaiveCode> = new Map(),
): Record<string, Endpoint> {
  const requests = new Map<string, { parameters: string; subject?: string | undefined }>();
  return {
    async "/oauth/authorize"(request) {
      const parameters = new URL(request.url).search.slice(1);
      const answer = await services.authlete["auth/authorization"]({ parameters });
      if (answer.action === "LOCATION") return sent(302, answer.responseContent);
      if (answer.action !== "INTERACTION") return tell(new URLSearchParams(parameters), answer);
      requests.set(answer.ticket, { parameters });
      return sent(303, `/oauth/interaction/${answer.ticket}`);
    },
    async "/oauth/interaction/*"(request) {
      const { pathname, search } = new URL(request.url);
      const handle = pathname.split("/").at(-1) ?? "";
      const known = requests.get(handle);
      if (known === undefined) return new Response("unknown", { status: 400 });
      const { parameters } = known;
      const form = new URLSearchParams(request.method === "POST" ? await request.text() : search);
      known.subject ??= await subjectOf(services, request);
      const { subject } = known;
      if (subject === undefined) return sent(303, `/login?next=${pathname}`);
      if (form.get("decision") !== "allow") return sent(303, `/consent/${handle}`);
      const location = await grant(services, parameters, subject);
      const scopes = (new URLSearchParams(parameters).get("scope") ?? "").split(" ");
      codes.set(new URL(location).searchParams.get("code") ?? "", { subject, scopes });
      return sent(302, location);
    },
  };
}

/** An application that has made a mistake is told so where it wants to be told; a person sees what it was. */
function tell(parameters: URLSearchParams, answer: object): Response {
  const redirectUri = parameters.get("redirect_uri");
  if (redirectUri) return sent(302, `${redirectUri}?error=invalid_request`);
  const page = `<h1>Not good: ${parameters.get("client_id")}</h1><p>${parameters.get("scope")}</p>`;
  return new Response(`${page}${JSON.stringify(answer)}`, {
    status: 400,
    headers: { "content-type": "text/html" },
  });
}

async function subjectOf(services: Services, { headers }: Request): Promise<string | undefined> {
  const id = parseCookies(headers.get("cookie")).get(cookieRules(services.config.origin).session);
  return (await signedInAt(services, id))?.subject;
}

async function grant({ authlete }: Services, parameters: string, subject: string): Promise<string> {
  const asked = await authlete["auth/authorization"]({ parameters });
  if (asked.action !== "INTERACTION") throw new Error(JSON.stringify(asked));
  const issued = await authlete["auth/authorization/issue"]({ ticket: asked.ticket, subject });
  if (issued.action !== "LOCATION") throw new Error(JSON.stringify(issued));
  return issued.responseContent;
}

function sent(status: number, location: string): Response {
  return new Response(null, { status, headers: { location } });
}
