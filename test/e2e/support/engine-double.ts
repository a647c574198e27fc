import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Ways in which an engine can fail. */
export const failures = {
  "503": (response) => response.writeHead(503, { "retry-after": "1" }).end("upstream connect error"),
  "429": (response) => response.writeHead(429).end('{"resultCode":"A000000","resultMessage":"slow down"}'),
  "500": (response) => response.writeHead(500).end("Traceback (most recent call last): engine.internal:8443"),
  garbage: (response) => response.writeHead(200, { "content-type": "application/json" }).end("{]"),
  "another shape": (response) =>
    response.writeHead(200, { "content-type": "application/json" }).end('{"action":7}'),
  "no answer": () => undefined,
  "closed connection": (response) => response.destroy(),
} as const satisfies Record<string, (response: ServerResponse) => unknown>;

export type Failure = keyof typeof failures;

/** An engine that fails in the way that is set. */
export type EngineDouble = {
  baseUrl: string;
  failWith: (failure: Failure) => void;
  stop: () => Promise<void>;
};

/** Starts an HTTP server in the engine's place. */
export async function startEngineDouble(): Promise<EngineDouble> {
  let failure: Failure = "503";
  const server = createServer((request, response) => {
    request.resume();
    failures[failure](response);
  });
  await new Promise<void>((listening) => server.listen(0, "localhost", listening));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://localhost:${port}`,
    failWith: (next) => {
      failure = next;
    },
    stop: () => closed(server),
  };
}

/** Closes a server and the connections that are still open. */
export function closed(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
