import type { IncomingMessage } from "node:http";
import { startWebServer, type WebServer } from "../support/web-server.ts";

/** An answer of the Web API, and what it was asked. */
export type Answer = { path: string; status: number; body: Record<string, unknown> };

/** The Web API of an engine behind a server that changes its answers: an engine that is a little different. */
export function serveDifferently(
  engine: string,
  change: (answer: Answer) => Record<string, unknown>,
): Promise<WebServer> {
  return startWebServer(async (request, response) => {
    const { authorization = "", "content-type": type } = request.headers;
    const body = await bodyOf(request);
    const answer = await fetch(`${engine}${request.url}`, {
      method: request.method ?? "GET",
      headers: { authorization, ...(type === undefined ? {} : { "content-type": type }) },
      ...(body === "" ? {} : { body }),
    });
    const text = await answer.text();
    const headers = { "content-type": answer.headers.get("content-type") ?? "text/plain" };
    const changed = () =>
      JSON.stringify(change({ path: request.url ?? "", status: answer.status, body: JSON.parse(text) }));
    response.writeHead(answer.status, headers).end(text.startsWith("{") ? changed() : text);
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request) body += String(part);
  return body;
}
