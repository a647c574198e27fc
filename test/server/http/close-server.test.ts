import { createServer, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createServerCloser } from "../../../src/server/http/close-server.ts";

const opened: (Server | Socket)[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) "destroy" in one ? one.destroy() : one.closeAllConnections();
});

async function start(options: { abrupt: boolean }, answer: (response: ServerResponse) => void = () => {}) {
  const server = createServer((request, response) => request.resume() && answer(response));
  server.on("upgrade", (_, socket: Socket) => {
    opened.push(socket);
    socket.write("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n");
  });
  const close = createServerCloser(server, options);
  await new Promise<void>((listening) => server.listen(0, "localhost", listening));
  opened.push(server);
  return { close, port: (server.address() as AddressInfo).port };
}

/** Sends a request and gives the connection once something has come back. */
async function send(port: number, headers: string): Promise<{ socket: Socket; received: () => string }> {
  const socket = connect(port, "localhost").setEncoding("utf8");
  opened.push(socket);
  let received = "";
  socket.on("data", (part) => (received += String(part))).on("error", () => {});
  socket.write(`GET / HTTP/1.1\r\nhost: localhost\r\n${headers}\r\n`);
  return { socket, received: () => received };
}

const UPGRADE = "connection: upgrade\r\nupgrade: websocket\r\n";
const heard = (socket: Socket) => new Promise((data) => socket.once("data", data));
const ended = (socket: Socket) => new Promise((close) => socket.once("close", close));

it("an abrupt one cuts off the connection of a browser tab's tooling", async () => {
  const { close, port } = await start({ abrupt: true });
  const { socket, received } = await send(port, UPGRADE);
  await heard(socket);
  expect(received()).toContain("101");
  await Promise.all([close(), ended(socket)]);
});

it("an abrupt one cuts off a request that is under way", async () => {
  const asked = Promise.withResolvers<ServerResponse>();
  const { close, port } = await start({ abrupt: true }, asked.resolve);
  const { socket, received } = await send(port, "");
  await asked.promise;
  await Promise.all([close(), ended(socket)]);
  expect(received()).toBe("");
});

it("any other answers what is under way, and only then is closed", async () => {
  const asked = Promise.withResolvers<ServerResponse>();
  const { close, port } = await start({ abrupt: false }, asked.resolve);
  const { socket, received } = await send(port, "connection: close\r\n");
  const response = await asked.promise;
  let isClosed = false;
  const closing = close().then(() => {
    isClosed = true;
  });
  await new Promise((later) => setTimeout(later, 100));
  expect(isClosed).toBe(false);
  response.end("answered");
  await Promise.all([closing, ended(socket)]);
  expect(received()).toContain("answered");
});

it("takes no connection any more, and ends those that nobody uses", async () => {
  const { close, port } = await start({ abrupt: false }, (response) => response.end("answered"));
  const { socket } = await send(port, "");
  await heard(socket);
  await Promise.all([close(), ended(socket)]);
  const refused = await new Promise((error) => connect(port, "localhost").once("error", error));
  expect(refused).toMatchObject({ code: "ECONNREFUSED" });
});
