import { type Call, clients, type Reply, type SpecServer, user } from "./spec-server.ts";

type Registered = (typeof clients)[keyof typeof clients];

/** Basic credentials as RFC 6749 section 2.3.1 encodes them. */
export function basicHeader(clientId: string, clientSecret: string): string {
  const encoded = (text: string) => new URLSearchParams([["", text]]).toString().slice(1);
  return rawBasicHeader(`${encoded(clientId)}:${encoded(clientSecret)}`);
}

/** A Basic header around a pair that is taken as it is. */
export function rawBasicHeader(pair: string): string {
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

/** A valid request of a client at an endpoint, authenticated as the client is registered for. */
export function formCall(
  path: string,
  parameters: Record<string, string>,
  client: Registered = clients.basic,
): Call {
  const call: Call = {
    method: "POST",
    path,
    headers: new Headers({ "content-type": "application/x-www-form-urlencoded" }),
    parameters: new URLSearchParams(parameters),
  };
  const identifier = "clientIdAlias" in client ? client.clientIdAlias : String(client.clientId);
  if (client.tokenAuthMethod === "CLIENT_SECRET_BASIC") {
    call.headers.set("authorization", basicHeader(identifier, client.clientSecret));
    return call;
  }
  call.parameters.set("client_id", identifier);
  if ("clientSecret" in client) call.parameters.set("client_secret", client.clientSecret);
  return call;
}

/** A valid client credentials request (RFC 6749 section 4.4.2). */
export function clientCredentialsCall(client: Registered = clients.basic): Call {
  return formCall("/oauth/token", { grant_type: "client_credentials", scope: "read" }, client);
}

/** A valid password request (RFC 6749 section 4.3.2). */
export function passwordCall(client: Registered = clients.basic): Call {
  return formCall("/oauth/token", { grant_type: "password", scope: "read write", ...user }, client);
}

/** A valid refresh request (RFC 6749 section 6). */
export function refreshCall(refreshToken: string, client: Registered = clients.basic): Call {
  return formCall("/oauth/token", { grant_type: "refresh_token", refresh_token: refreshToken }, client);
}

export function introspectionCall(token: string, client: Registered = clients.basic): Call {
  return formCall("/oauth/introspect", { token }, client);
}

export function revocationCall(token: string, client: Registered = clients.basic): Call {
  return formCall("/oauth/revoke", { token }, client);
}

/** The tokens of a fresh password grant. */
export async function signIn(server: SpecServer, client: Registered = clients.basic) {
  const { status, json, text } = await server.send(passwordCall(client));
  if (status !== 200) throw new Error(`The password grant was refused: ${text}`);
  return {
    accessToken: String(json.access_token),
    refreshToken: String(json.refresh_token),
    scope: json.scope,
  };
}

/** Whether the introspection endpoint calls a token active. */
export async function isActive(server: SpecServer, token: string): Promise<boolean> {
  const { json } = await server.send(introspectionCall(token));
  return json.active === true;
}

const PRINTABLE = /^[\x20-\x21\x23-\x5B\x5D-\x7E]*$/;
const TOKEN_MEMBERS = ["access_token", "refresh_token", "id_token", "token_type", "expires_in"];

/** Everything that is wrong with an answer as a refusal; an empty list when nothing is. */
export function faultsOfRefusal({ status, headers, json }: Reply): string[] {
  return [
    TOKEN_MEMBERS.some((member) => member in json) && "it holds a token member",
    typeof json.error !== "string" && "it names no error",
    !PRINTABLE.test(String(json.error)) && "error has characters that RFC 6749 5.2 excludes",
    !PRINTABLE.test(String(json.error_description ?? "")) && "error_description has excluded characters",
    !isUncached(headers) && "it may be cached",
    headers.get("content-type") !== "application/json;charset=UTF-8" && "it is not declared to be JSON",
    headers.has("access-control-allow-origin") && "it is open to other origins",
    status === 401 && !headers.get("www-authenticate")?.startsWith("Basic ") && "a 401 without challenge",
  ].filter((fault) => fault !== false);
}

/** RFC 6749 section 5.1: both headers. */
export function isUncached(headers: Headers): boolean {
  return headers.get("cache-control") === "no-store" && headers.get("pragma") === "no-cache";
}

/**
 * Sends a request that has to be refused.
 *
 * @returns what matters about the refusal, and how many tokens it led to, which has to be none.
 */
export async function refusal(server: SpecServer, call: Call) {
  const before = server.issued();
  const reply = await server.send(call);
  return {
    status: reply.status,
    error: reply.json.error,
    issued: server.issued() - before,
    faults: faultsOfRefusal(reply),
  };
}

/** A refusal without a fault. */
export function refusedWith(status: number, error: string) {
  return { status, error, issued: 0, faults: [] };
}
