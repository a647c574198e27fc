import { createServer, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closed } from "./support/engine-double.ts";
import { exchange } from "./support/exchange.ts";
import { type Recorder, startRecorder } from "./support/recorder.ts";

/** What the server behind the recorder does with the next request. */
let answer: (response: ServerResponse) => void;
let server: Server;
let recorder: Recorder;

beforeAll(async () => {
  server = createServer((received, response) => {
    received.resume().on("end", () => answer(response));
  });
  await new Promise<void>((listening) => server.listen(0, "localhost", listening));
  recorder = await startRecorder();
  recorder.forwardTo(`http://localhost:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await recorder.stop();
  await closed(server);
});

const get = { method: "GET", path: "/page" };

it("passes an answer on as it is, and writes it down", async () => {
  answer = (response) =>
    response.writeHead(201, { "x-one": "1", "set-cookie": ["a=1", "b=2"] }).end(Buffer.from([0xff, 0, 0x41]));
  const passed = await exchange(recorder.origin, { method: "POST", path: "/page?x=1", body: "sent" });
  expect(passed).toMatchObject({ status: 201, headers: { "x-one": "1", "set-cookie": ["a=1", "b=2"] } });
  expect(passed.headers["content-length"]).toBe("3");
  const [recorded, ...others] = await recorder.take();
  expect(recorded).toMatchObject({
    method: "POST",
    path: "/page?x=1",
    answer: { status: 201, text: passed.text, headers: { "set-cookie": ["a=1", "b=2"] } },
  });
  expect(others).toEqual([]);
  expect(await recorder.take()).toEqual([]);
});

it("writes down what a change made of an answer, which is what the browser gets", async () => {
  answer = (response) => response.end("plain");
  recorder.change(({ answer: given }) => ({ ...given, text: `${given.text}, seeded` }));
  expect((await exchange(recorder.origin, get)).text).toBe("plain, seeded");
  recorder.change(undefined);
  expect((await recorder.take()).map((recorded) => recorded.answer.text)).toEqual(["plain, seeded"]);
});

it("reads an answer to its end for a browser that has gone, and waits for it", async () => {
  const asked = Promise.withResolvers<ServerResponse>();
  answer = asked.resolve;
  const { hostname, port } = new URL(recorder.origin);
  const leaving = request({ hostname, port, path: "/page", agent: false }).on("error", () => {});
  leaving.end();
  const response = await asked.promise;
  response.write("first part, ");
  leaving.destroy();
  const taken = recorder.take();
  setTimeout(() => response.end("second part"), 50);
  expect((await taken).map((recorded) => recorded.answer.text)).toEqual(["first part, second part"]);
});

it("fails when an answer broke off: nobody has searched it", async () => {
  answer = (response) => {
    response.writeHead(200, { "content-length": "100" }).write("only a part");
    setTimeout(() => response.destroy(), 20);
  };
  await expect(exchange(recorder.origin, get)).rejects.toThrow();
  await expect(recorder.take()).rejects.toThrow(AggregateError);
  answer = (response) => response.end("whole");
  await exchange(recorder.origin, get);
  expect(await recorder.take()).toHaveLength(1);
});
