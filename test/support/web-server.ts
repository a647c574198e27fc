import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";

/** A server on this machine, and what it was asked for. */
export type WebServer = { port: number; asked: string[]; close(): Promise<void> };

/** Starts a server on loopback; with a certificate it speaks TLS. */
export async function startWebServer(
  listener: RequestListener,
  tls?: { cert: string; key: string },
): Promise<WebServer> {
  const asked: string[] = [];
  const noting: RequestListener = (request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    listener(request, response);
  };
  const server = tls ? createTlsServer(tls, noting) : createServer(noting);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
