import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Ticketgate } from "./ticketgate.ts";

/** An application at an origin of its own, which sends people to Ticketgate and shows what came back. */
export type RelyingParty = {
  origin: string;
  clientId: string;
  callback: string;
  /** Every authorization response so far: the parameters of the callback. */
  responses: Record<string, string>[];
  /** The address that sends a person to sign in. */
  authorizationUrl: (changes?: Record<string, string>) => string;
  /** Redeems a code; gives the token endpoint's answer. */
  redeem: (code: string) => Promise<{ status: number; json: Record<string, unknown> }>;
  close: () => Promise<void>;
};

const verifier = randomBytes(32).toString("base64url");

/**
 * Starts an application and registers it. Its callback redirects once more, to another origin, as callbacks do: what a page of Ticketgate
 * forbids must not hold for that.
 */
export async function startRelyingParty(
  ticketgate: Ticketgate,
  changes: Record<string, unknown> = {},
): Promise<RelyingParty> {
  const responses: Record<string, string>[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://application.invalid");
    if (url.pathname === "/logo.svg") {
      response.writeHead(200, { "content-type": "image/svg+xml" }).end(LOGO);
    } else if (url.pathname === "/callback" && request.method === "GET") {
      responses.push(Object.fromEntries(url.searchParams));
      const { port } = server.address() as AddressInfo;
      response.writeHead(302, { location: `http://localhost:${port}/welcome` }).end();
    } else if (url.pathname === "/callback") {
      let body = "";
      request.on("data", (part) => (body += String(part)));
      request.on("end", () => {
        responses.push(Object.fromEntries(new URLSearchParams(body)));
        response.writeHead(200, { "content-type": "text/html" }).end(WELCOME);
      });
    } else {
      response.writeHead(200, { "content-type": "text/html" }).end(WELCOME);
    }
  });
  await new Promise<void>((done) => server.listen(0, done));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const callback = `${origin}/callback`;
  const { clientId, clientSecret } = await createClient(ticketgate, {
    clientName: "Lighthouse Tours",
    clientType: "CONFIDENTIAL",
    applicationType: "WEB",
    tokenAuthMethod: "CLIENT_SECRET_BASIC",
    grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
    responseTypes: ["CODE"],
    redirectUris: [callback],
    clientUri: "https://tours.example/",
    policyUri: "https://tours.example/privacy",
    tosUri: "https://tours.example/terms",
    ...changes,
  });
  return {
    origin,
    clientId,
    callback,
    responses,
    authorizationUrl: (asked = {}) =>
      `${ticketgate.origin}/oauth/authorize?${new URLSearchParams({
        client_id: clientId,
        response_type: "code",
        redirect_uri: callback,
        scope: "openid profile email",
        state: "state-1",
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
        ...asked,
      })}`,
    async redeem(code) {
      const response = await fetch(`${ticketgate.origin}/oauth/token`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
        body: new URLSearchParams({
          grant_type: "authorization_code",
          code,
          redirect_uri: callback,
          code_verifier: verifier,
        }),
      });
      return { status: response.status, json: (await response.json()) as Record<string, unknown> };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="56" height="56"><circle cx="28" cy="28" r="24" fill="#0f5a45"/></svg>`;
const WELCOME = `<!DOCTYPE html><html lang="en"><title>Lighthouse Tours</title><h1>Welcome aboard</h1></html>`;

/** Registers a client at the embedded engine, through its Web API; with a `clientId`, changes the one that has it. */
export async function createClient(
  ticketgate: Ticketgate,
  client: Record<string, unknown>,
): Promise<{ clientId: string; clientSecret: string }> {
  const operation = client.clientId === undefined ? "create" : `update/${client.clientId}`;
  const created = await askEngine(ticketgate, `client/${operation}`, client);
  const { clientId, clientSecret } = created as { clientId: number; clientSecret: string };
  return { clientId: String(clientId), clientSecret };
}

/** Changes settings of the service at the embedded engine. */
export async function changeService(ticketgate: Ticketgate, changes: Record<string, unknown>): Promise<void> {
  const service = await askEngine(ticketgate, "service/get");
  await askEngine(ticketgate, "service/update", { ...service, ...changes });
}

/** Calls the Web API of the embedded engine. */
async function askEngine(
  ticketgate: Ticketgate,
  operation: string,
  body?: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${ticketgate.origin}/api/${ticketgate.engineServiceId}/${operation}`, {
    method: body ? "POST" : "GET",
    headers: {
      authorization: `Bearer ${ticketgate.secrets.TICKETGATE_ENGINE_TOKEN}`,
      "content-type": "application/json",
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${operation}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}
