import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterEach, expect, test } from "vitest";
import { createBridgeResponses } from "../../src/server/bridge-response.ts";

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** What a client sees of a response. */
async function served(body: string | null, init: ResponseInit): Promise<Response> {
  const createResponse = createBridgeResponses();
  const listener = getRequestListener(async () => createResponse(body, init), {
    overrideGlobalObjects: false,
  });
  server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

test("the global classes are what they were", () => {
  const { Request: request, Response: response } = globalThis;

  createBridgeResponses();

  expect(globalThis.Request).toBe(request);
  expect(globalThis.Response).toBe(response);
});

test("its responses are responses to everybody else too", async () => {
  const response = createBridgeResponses()("text", { status: 201, headers: { "x-name": "value" } });

  expect(response).toBeInstanceOf(Response);
  expect([response.status, response.headers.get("x-name"), await response.text()]).toEqual([
    201,
    "value",
    "text",
  ]);
});

test("status, headers and a body of any characters arrive", async () => {
  const headers = { "content-type": "application/json;charset=utf-8", "cache-control": "no-store" };
  const answer = await served('{"name":"Zoë 🔑"}', { status: 403, headers });

  expect(answer.status).toBe(403);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("content-type")).toBe("application/json;charset=utf-8");
  expect(answer.headers.get("content-length")).toBe(String(Buffer.byteLength('{"name":"Zoë 🔑"}')));
  expect(await answer.json()).toEqual({ name: "Zoë 🔑" });
});

test("nothing arrives where there is nothing to say", async () => {
  const answer = await served(null, { status: 204, headers: { "cache-control": "no-store" } });

  expect([answer.status, await answer.text()]).toEqual([204, ""]);
});
