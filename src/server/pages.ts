import { existsSync } from "node:fs";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { ConfigurationError } from "./config.ts";
import { type RoutingRefusal, refusal } from "./http/routing-refusal.ts";
import type { Services } from "./services.ts";

/** What answers a request of node:http. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Answers with a refusal. */
export function refuse(response: ServerResponse, { status, headers, text }: RoutingRefusal): void {
  response.writeHead(status, headers).end(text);
}

/**
 * Opens the pages: Next, and in front of it what only the front door can refuse.
 *
 * @throws ConfigurationError in production when they have not been built.
 */
export async function openPages(server: Server, { config }: Services): Promise<Listener> {
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
  const pages = app.getRequestHandler();
  const isRouterState = await loadRouterStateCheck();
  return (request, response) => {
    if (!isRouterState(request.headers["next-router-state-tree"])) return refuse(response, unreadableState);
    // Next puts another body in the place of the request's own, and then nobody listens when the sender breaks the connection off.
    // Next alone comes to the number of listeners that Node warns of.
    response.setMaxListeners(response.getMaxListeners() + 1);
    response.once("close", () => request.on("error", () => {}));
    return pages(request, response);
  };
}

const unreadableState = refusal(400, "The state of the router cannot be read.");

/**
 * What the script of a page says of the pages it shows. Next hides this header from `src/proxy.ts` and answers with 500 when it cannot read
 * it, so its own reader is asked first.
 */
async function loadRouterStateCheck(): Promise<(header: string | string[] | undefined) => boolean> {
  const { parseAndValidateFlightRouterState: read } = await import(
    "next/dist/server/app-render/parse-and-validate-flight-router-state.js"
  );
  return (header) => {
    try {
      read(header);
      return true;
    } catch {
      return false;
    }
  };
}
