import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { resolve } from "node:path";
import { getRequestListener } from "@hono/node-server";
import nextEnv from "@next/env";
import { createBridgeResponses } from "./bridge-response.ts";
import { ConfigurationError, setMode } from "./config.ts";
import { createServerCloser } from "./http/close-server.ts";
import { createRouter } from "./http/router.ts";
import { originForm, routingRefusal } from "./http/routing-refusal.ts";
import { endpointTable } from "./http/table.ts";
import { getServices, type Services } from "./services.ts";
import { shownDatabase } from "./store/postgres/settings.ts";

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

const SHUTDOWN_MS = 10_000;

/**
 * The front door. In production it answers the endpoint table itself and leaves pages to Next. In development
 * everything goes through Next, so that a change is seen without a restart.
 */
async function main(): Promise<void> {
  const development = process.argv.includes("--development");
  setMode(development ? "development" : "production");
  nextEnv.loadEnvConfig(process.cwd(), development, { info: () => {}, error: console.error });
  const services = await getServices();
  // In production nothing is upgraded: a request that asks for it (some clients offer HTTP/2 so) is answered like any other.
  const server = createServer({ shouldUpgradeCallback: () => development });
  const close = createServerCloser(server, { abrupt: development });
  const pages = await openPages(server, services);
  server.on("request", refusingUnroutable(development ? pages : frontDoor(services, pages)));
  await listen(server, services);
  announce(services);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop(close, services));
}

async function openPages(server: Server, { config }: Services): Promise<Listener> {
  if (config.production && !existsSync(".next/BUILD_ID")) {
    throw new ConfigurationError(["the pages have not been built: run `npm run build` first"]);
  }
  const { default: next } = await import("next");
  const app = next({
    dev: !config.production,
    hostname: config.host,
    port: config.port,
    httpServer: server,
    quiet: false,
  });
  await app.prepare();
  return app.getRequestHandler();
}

function frontDoor(services: Services, pages: Listener): Listener {
  const find = createRouter(endpointTable(services, createBridgeResponses()));
  const { host } = new URL(services.config.origin);
  const endpoints = getRequestListener(
    (request) =>
      find(pathOf(request.url.slice(request.url.indexOf("/", 8))))?.endpoint(request) ?? notFound(),
    { hostname: host, overrideGlobalObjects: false },
  );
  return (request, response) =>
    find(pathOf(request.url ?? "/")) ? endpoints(request, response) : pages(request, response);
}

function refusingUnroutable(listener: Listener): Listener {
  return (request, response) => {
    request.url = originForm(request.url ?? "/");
    const refusal = routingRefusal(request.method ?? "", pathOf(request.url));
    if (!refusal) return listener(request, response);
    return response.writeHead(refusal.status, refusal.headers).end(refusal.text);
  };
}

function notFound(): Response {
  return new Response(null, { status: 404 });
}

function pathOf(url: string): string {
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query);
}

function listen(server: Server, { config }: Services): Promise<void> {
  return new Promise((done, failed) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      failed(
        error.code === "EADDRINUSE"
          ? new ConfigurationError([`PORT: ${config.port} is in use already; set PORT to another one`])
          : error,
      ),
    );
    server.listen(config.port, config.host, done);
  });
}

function announce({ config, demoUser }: Services): void {
  const lines = [
    `Ticketgate  ${config.origin}`,
    ...(demoUser ? [`Sign in     ${demoUser.username}  /  ${demoUser.password}`] : []),
    `State       ${config.databaseUrl === undefined ? resolve(config.stateDirectory) : shownDatabase(config.databaseUrl)}`,
    `Engine      ${config.engine.kind === "embedded" ? `embedded, service ${config.engine.serviceId}` : config.engine.baseUrl}`,
  ];
  process.stdout.write(`\n${lines.map((line) => `  ${line}`).join("\n")}\n\n`);
}

async function stop(close: () => Promise<void>, services: Services): Promise<void> {
  const late = setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
  await close();
  await services.close();
  clearTimeout(late);
  process.exit(0);
}

main().catch((error: unknown) => {
  process.stderr.write(error instanceof ConfigurationError ? `${error.message}\n` : `${String(error)}\n`);
  process.exit(1);
});
