import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readConfig } from "../../src/server/config.ts";
import { noEndpoint } from "../../src/server/http/reply.ts";
import { createRouter } from "../../src/server/http/router.ts";
import { endpointTable } from "../../src/server/http/table.ts";
import { openServices, type Services } from "../../src/server/services.ts";
import { secretOf } from "../support/gate.ts";

const TIMEOUT_MS = 60_000;

let server: Server;
let origin: string;
let services: Services;
let example: ChildProcess | undefined;

beforeEach(() => {
  example = undefined;
});
afterEach(async () => {
  example?.kill();
  server.closeAllConnections();
  server.close();
  await services.close();
});

/** The endpoints of a development server, on a port of its own. */
async function start(variables: Record<string, string> = {}): Promise<void> {
  server = createServer().listen(0, "localhost");
  await once(server, "listening");
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const config = readConfig({
    NODE_ENV: "development",
    LOG_LEVEL: "silent",
    TICKETGATE_ORIGIN: origin,
    TICKETGATE_SEALING_KEYS: secretOf("sealing"),
    TICKETGATE_CLIENT_SECRET: secretOf("client"),
    TICKETGATE_ENGINE_TOKEN: secretOf("engine"),
    TICKETGATE_EXAMPLE_CLIENT_ID: "3001",
    ...variables,
  });
  services = await openServices(config, { database: ":memory:" });
  const find = createRouter(endpointTable(services));
  const answer = (request: Request) => find(new URL(request.url).pathname)?.endpoint(request) ?? noEndpoint();
  server.on("request", getRequestListener(answer, { overrideGlobalObjects: false }));
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "localhost");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

function run(port: number, variables: Record<string, string> = {}): () => string {
  const env = { PATH: process.env.PATH ?? "", NODE_ENV: "development" as const, ISSUER: origin };
  example = spawn(process.execPath, ["examples/relying-party/main.ts"], {
    env: { ...env, PORT: String(port), ...variables },
  });
  let said = "";
  for (const stream of [example.stdout, example.stderr]) stream?.on("data", (part) => (said += String(part)));
  return () => said;
}

/** Where the server sends a browser whose person chose to sign in. */
async function signIn(home: string) {
  const begun = await fetch(`${home}sign-in`, {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin" },
    redirect: "manual",
  });
  const request = begun.headers.get("location") ?? "";
  const { status, headers } = await fetch(request, { redirect: "manual" });
  return { request: new URL(request).searchParams, status, location: headers.get("location") };
}

it(
  "signs in from another port as a client that it has registered for it",
  async () => {
    await start();
    const port = await freePort();
    const home = `http://localhost:${port}/`;
    const said = run(port);
    await vi.waitFor(() => expect(said()).toContain(`The example is at ${home}`), { timeout: 20_000 });
    const { request, status, location } = await signIn(home);
    const clientId = request.get("client_id") ?? "";
    expect([status, request.get("redirect_uri")]).toEqual([303, `${home}callback`]);
    expect(location).toMatch(/^\/oauth\/interaction\//);
    expect(said()).toContain(`as client ${clientId}`);
    const client = await services.authlete["client/get"]({ clientId });
    expect(client).toMatchObject({ clientType: "PUBLIC", redirectUris: [`${home}callback`] });
    expect(JSON.parse(client.customMetadata ?? "{}")).toMatchObject({ post_logout_redirect_uris: [home] });
  },
  TIMEOUT_MS,
);

it(
  "says before anybody signs in what has to be registered, where it cannot do so",
  async () => {
    await start({ TICKETGATE_REGISTRATION: "off" });
    const port = await freePort();
    const said = run(port);
    const [code] = await once(example as ChildProcess, "close");
    expect(code).toBe(1);
    expect(said()).toContain(
      `--redirect-uri http://localhost:${port}/callback --post-logout-redirect-uri http://localhost:${port}/`,
    );
    expect(said()).not.toContain("The example is at");
    const { clients = [] } = await services.authlete["client/get/list"]({ start: 0, end: 100 });
    expect(clients.map(({ clientId }) => clientId).toSorted()).toEqual([1001, 3001]);
  },
  TIMEOUT_MS,
);

it(
  "says of a client that it is given where that has to be registered for",
  async () => {
    await start();
    const port = await freePort();
    const said = run(port, { CLIENT_ID: "3001" });
    await vi.waitFor(() => expect(said()).toContain("has to be registered"), { timeout: 20_000 });
    expect(said()).toContain(`http://localhost:${port}/callback`);
    expect((await signIn(`http://localhost:${port}/`)).status).toBe(400);
  },
  TIMEOUT_MS,
);
