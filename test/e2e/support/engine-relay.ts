import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { closed } from "./engine-double.ts";

/** Stands between Ticketgate and its engine, and remembers what the engine said. */
export type EngineRelay = {
  baseUrl: string;
  answers: () => Record<string, unknown>[];
  stop: () => Promise<void>;
};

/**
 * Starts a relay.
 *
 * @param engine origin of the real engine.
 */
export async function startEngineRelay(engine: string): Promise<EngineRelay> {
  const answers: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    const { authorization = "", "content-type": type = "application/json" } = request.headers;
    const answer = await fetch(`${engine}${request.url}`, {
      method: request.method ?? "POST",
      headers: { authorization, "content-type": type },
      ...(request.method === "POST" ? { body: await bodyOf(request) } : {}),
    });
    const text = await answer.text();
    answers.push(JSON.parse(text) as Record<string, unknown>);
    response.writeHead(answer.status, { "content-type": "application/json" }).end(text);
  });
  await new Promise<void>((listening) => server.listen(0, "localhost", listening));
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://localhost:${port}`, answers: () => answers, stop: () => closed(server) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request) body += String(part);
  return body;
}
