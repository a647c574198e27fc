import { createServer, type IncomingMessage, type Server } from "node:http";
import { resolve } from "node:path";
import { getRequestListener } from "@hono/node-server";
import nextEnv from "@next/env";
import { createBridgeResponses } from "./bridge-response.ts";
import { ConfigurationError, setMode } from "./config.ts";
import { createServerCloser } from "./http/close-server.ts";
import { isOwnHost } from "./http/own-host.ts";
import { pageRefusal } from "./http/page-refusal.ts";
import { noEndpoint } from "./http/reply.ts";
import { respondWith } from "./http/response.ts";
import { createRouter } from "./http/router.ts";
import { originForm, type RoutingRefusal, refusal, routingRefusal } from "./http/routing-refusal.ts";
import { endpointTable } from "./http/table.ts";
import { transportSecurity } from "./http/transport-security.ts";
import { type Listener, openPages, refuse } from "./pages.ts";
import { routeConsole } from "./route-console.ts";
import { getServices, type Services } from "./services.ts";
import { shownDatabase } from "./store/postgres/settings.ts";

const SHUTDOWN_MS = 10_000;

/** Where endpoints are and no pages, as in the matcher of `src/proxy.ts`. */
const NO_PAGES = /^\/(?:api|oauth|\.well-known)\//;

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
  if (services.config.production) routeConsole(console, services.log);
  const server = createServer({ shouldUpgradeCallback: () => development });
  const close = createServerCloser(server, { abrupt: development });
  const pages = await openPages(server, services);
  server.on("request", guarded(services, development ? pages : frontDoor(services, pages)));
  await listen(server, services);
  announce(services);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop(close, services));
}

function frontDoor(services: Services, pages: Listener): Listener {
  respondWith(createBridgeResponses());
  const find = createRouter(endpointTable(services));
  const { host } = new URL(services.config.origin);
  const endpoints = getRequestListener(
    (request) =>
      find(pathOf(request.url.slice(request.url.indexOf("/", 8))))?.endpoint(request) ?? noEndpoint(),
    { hostname: host, overrideGlobalObjects: false },
  );
  return (request, response) => {
    const path = pathOf(request.url ?? "/");
    if (find(path)) return endpoints(request, response);
    const refused = NO_PAGES.test(path) ? undefined : pageRefusal(headOf(request));
    return refused ? refuse(response, refused) : pages(request, response);
  };
}

function headOf({ method = "", headers }: IncomingMessage) {
  const get = (name: string) => headers[name]?.toString() ?? null;
  return { method, headers: { get, has: (name: string) => headers[name] !== undefined } };
}

/** What holds for every request, whoever answers it. */
function guarded({ config }: Services, listener: Listener): Listener {
  const security = Object.entries(transportSecurity(config.origin));
  return (request, response) => {
    for (const [name, value] of security) response.setHeader(name, value);
    request.url = originForm(request.url ?? "/");
    const refused = foreignHost(config, request) ?? routingRefusal(request.method ?? "", pathOf(request.url));
    return refused ? refuse(response, refused) : listener(request, response);
  };
}

/** In production there is a proxy in front, which knows what it is for. */
function foreignHost(
  { production, trustedOrigins }: Services["config"],
  { headers }: IncomingMessage,
): RoutingRefusal | undefined {
  if (production || isOwnHost(headers.host, trustedOrigins)) return undefined;
  return refusal(421, "This server does not go by that name. TICKETGATE_ORIGIN says by which it does.");
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
