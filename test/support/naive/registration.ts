import type { Endpoint } from "../../../src/server/http/endpoint.ts";

type Metadata = { [name: string]: unknown };

const defaults = (): Metadata => ({ token_endpoint_auth_method: "client_secret_basic", contacts: {} });

/** Clients that register themselves as a team lets them that knows its partners: what they send is what they are, and who knows their number may look. */
export function createNaiveRegistration(): Record<string, Endpoint> {
  const clients = new Map<string, Metadata>();
  return {
    async "/oauth/register"(request) {
      const metadata = merged(defaults(), JSON.parse(await request.text()));
      const clientId = String(5_001 + clients.size);
      clients.set(clientId, metadata);
      const registered = { ...metadata, client_id: clientId, registration_access_token: `rat-${clientId}` };
      return Response.json(registered, { status: 201 });
    },
    async "/oauth/register/*"({ url }) {
      const known = clients.get(new URL(url).pathname.split("/").at(-1) ?? "");
      return known ? Response.json(known) : new Response(null, { status: 404 });
    },
  };
}

/** Puts what a client sends over what clients are by default, member by member. */
function merged(target: Metadata, source: Metadata): Metadata {
  for (const name of Object.keys(source)) {
    const [mine, theirs] = [target[name], source[name]];
    target[name] = isObject(mine) && isObject(theirs) ? merged(mine, theirs) : theirs;
  }
  return target;
}

function isObject(value: unknown): value is Metadata {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
