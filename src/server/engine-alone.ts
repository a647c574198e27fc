import { createServer, type Server } from "node:http";
import { parseArgs } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { createBridgeResponses } from "./bridge-response.ts";
import { readCall, runCommand } from "./command.ts";
import { type Config, ConfigurationError } from "./config.ts";
import { createWebApi } from "./engine/http.ts";
import { engineGreeting } from "./engine-greeting.ts";
import { openServices } from "./services.ts";

const USAGE = `npm run engine -- [--port 3100] [--production]

Serves the embedded engine alone, as an Authlete 3.0 Web API for any Authlete SDK. It shares the state of
"npm run dev"; --production takes the configuration of "npm start" instead, and prints no secret.`;

type Arguments = { port: number; production: boolean };

/** Serves the Web API until it is told to stop. Ends with 0, 1 (refused) or 2 (wrong call). */
async function main(): Promise<number> {
  const given = readCall(USAGE, readArguments);
  if (given === undefined) return 2;
  return runCommand({ development: !given.production, serves: true }, (config) => serveEngine(config, given));
}

async function serveEngine(config: Config, { port, production }: Arguments): Promise<number> {
  const { engine: settings } = config;
  const services = await openServices(config);
  const { engine, log } = services;
  if (!engine || settings.kind !== "embedded") {
    throw new ConfigurationError([
      "AUTHLETE_BASE_URL: there is no embedded engine when the cloud is configured",
    ]);
  }
  const { serviceId, token } = settings;
  const report = (error: unknown) => log.error("web_api.failed", { error });
  const endpoint = createWebApi({
    engine,
    serviceId,
    token,
    report,
    createResponse: createBridgeResponses(),
  });
  const server = createServer(getRequestListener(endpoint, { overrideGlobalObjects: false }));
  await listen(server, { host: config.host, port });
  process.stdout.write(
    engineGreeting({
      baseUrl: baseUrlOf(config.host, server),
      serviceId,
      token: production ? undefined : token,
    }),
  );
  await toldToStop();
  server.closeAllConnections();
  server.close();
  await services.close();
  return 0;
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((done, failed) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      failed(new ConfigurationError([`HOST, --port: cannot listen on ${host}:${port} (${error.code})`])),
    );
    server.listen(port, host, done);
  });
}

function baseUrlOf(host: string, server: Server): string {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function toldToStop(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
  });
}

function readArguments(words: string[]): Arguments | undefined {
  const { values } = parseArgs({
    args: words,
    options: {
      port: { type: "string", default: "3100" },
      production: { type: "boolean", default: false },
    },
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) return undefined;
  return { port, production: values.production };
}

process.exitCode = await main();
