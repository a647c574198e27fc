import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { closed } from "./engine-double.ts";

/** Stands between Ticketgate and its engine, and remembers what the engine said. */
export type EngineRelay = {
  baseUrl: string;
  answers: () => Record<string, unknown>[];
  /** From now on the engine only fails, and repeats in its failure everything that it was sent. */
  fail: (failing: boolean) => void;
  stop: () => Promise<void>;
};

/**
 * Starts a relay.
 *
 * @param engine origin of the real engine.
 */
export async function startEngineRelay(engine: string): Promise<EngineRelay> {
  const answers: Record<string, unknown>[] = [];
  let failing = false;
  const server = createServer(async (request, response) => {
    const { authorization = "", "content-type": type = "application/json" } = request.headers;
    const body = await bodyOf(request);
    if (failing) return void response.writeHead(500).end(`could not do this: ${authorization} ${body}`);
    const answer = await fetch(`${engine}${request.url}`, {
      method: request.method ?? "POST",
      headers: { authorization, "content-type": type },
      ...(request.method === "POST" ? { body } : {}),
    });
    const text = await answer.text();
    answers.push(JSON.parse(text) as Record<string, unknown>);
    response.writeHead(answer.status, { "content-type": "application/json" }).end(text);
  });
  await new Promise<void>((listening) => server.listen(0, "localhost", listening));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://localhost:${port}`,
    answers: () => answers,
    fail: (next) => {
      failing = next;
    },
    stop: () => closed(server),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request) body += String(part);
  return body;
}
