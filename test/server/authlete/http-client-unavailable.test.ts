import { afterEach, describe, expect, it } from "vitest";
import {
  type AuthleteClientOptions,
  createAuthleteClient,
} from "../../../src/server/authlete/http-client.ts";
import {
  type Behaviour,
  failure,
  inTurn,
  introspect,
  introspected,
  issue,
  issued,
  json,
  LEAK,
  type Misbehaving,
  startMisbehaving,
  TICKET,
  TOKEN,
} from "./misbehaving-server.ts";

let server: Misbehaving;
const start = async (behaviour: Behaviour, options: Partial<AuthleteClientOptions> = {}) => {
  server = await startMisbehaving(behaviour, options);
};
afterEach(async () => {
  await server.close();
});

describe("an engine that is not there", () => {
  /** Each way to fail, and whether the request may have been acted on. */
  const troubles: [string, Behaviour, boolean][] = [
    ["429", json({ resultMessage: LEAK }, 429), false],
    ["500", json({ resultMessage: LEAK }, 500), true],
    ["503 with HTML", (response) => response.writeHead(503, { "content-type": "text/html" }).end(LEAK), true],
    ["a reset before the answer", (response) => response.destroy(), true],
    [
      "a reset in the middle of the answer",
      (response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
        response.write('{"action":"OK",', () => response.destroy());
      },
      true,
    ],
  ];

  it.each(troubles)(
    "after %s nothing that spends a ticket is sent again",
    async (_what, trouble, outcomeUnknown) => {
      await start(inTurn(trouble, json(issued)));
      expect(await failure(issue(server))).toMatchObject({ code: "EngineUnavailable", outcomeUnknown });
      expect(server.arrived).toHaveLength(1);
      expect(server.waits).toEqual([]);
    },
  );

  it.each(troubles)("after %s a question is asked again, twice at most", async (_what, trouble) => {
    await start(inTurn(trouble, trouble, json(introspected)));
    expect(await introspect(server)).toEqual(introspected);
    expect(server.arrived).toHaveLength(3);
    expect(server.waits).toEqual([100, 200]);
  });

  it.each(troubles)("%s three times is the end", async (_what, trouble, outcomeUnknown) => {
    await start(trouble);
    expect(await failure(introspect(server))).toMatchObject({ code: "EngineUnavailable", outcomeUnknown });
    expect(server.arrived).toHaveLength(3);
  });

  it.each(["auth/token", "auth/token/issue", "auth/token/fail"] as const)(
    "%s is sent once, whatever happens",
    async (name) => {
      await start(json({}, 429, { "retry-after": "1" }));
      const request = {
        parameters: "grant_type=password",
        ticket: TICKET,
        subject: "alice",
        reason: "UNKNOWN",
      } as const;
      expect(await failure(server.client[name](request))).toMatchObject({ code: "EngineUnavailable" });
      expect(server.arrived).toHaveLength(1);
    },
  );

  it.each([
    ["retry-after", "2", 2000],
    ["ratelimit-reset", "1", 1000],
    ["x-ratelimit-reset", "3", 3000],
    ["retry-after", "0", 100],
    ["retry-after", "Wed, 21 Oct 2026 07:28:00 GMT", 100],
  ])("waits as long as %s: %s asks for", async (header, value, expected) => {
    await start(inTurn(json({}, 429, { [header]: value }), json(introspected)));
    expect(await introspect(server)).toEqual(introspected);
    expect(server.waits).toEqual([expected]);
  });

  it("does not wait for what comes after the time is up", async () => {
    await start(json({}, 429, { "retry-after": "60" }));
    expect(await failure(introspect(server))).toMatchObject({
      code: "EngineUnavailable",
      outcomeUnknown: false,
    });
    expect(server.arrived).toHaveLength(1);
    expect(server.waits).toEqual([]);
  });

  it("knows that a refused connection brought nothing about, and tries again where it may", async () => {
    await start(json(issued));
    const { baseUrl } = server;
    await server.close();
    let tries = 0;
    const counted = (async (url, request) => {
      tries += 1;
      return fetch(url, request);
    }) as AuthleteClientOptions["fetch"];
    const client = createAuthleteClient({
      baseUrl,
      serviceId: "1",
      token: TOKEN,
      timeoutMs: 5_000,
      fetch: counted,
      sleep: async () => {},
    });
    expect(await failure(client["auth/token/issue"]({ ticket: TICKET, subject: "alice" }))).toMatchObject({
      code: "EngineUnavailable",
      outcomeUnknown: false,
      message: "auth/token/issue: no connection (ECONNREFUSED)",
    });
    expect(tries).toBe(1);
    await failure(client["auth/introspection"]({ token: TICKET }));
    expect(tries).toBe(4);
  });

  it("quotes nothing of an error that the network layer makes", async () => {
    await start(json(issued), {
      fetch: async () => {
        throw new TypeError("fetch failed", {
          cause: Object.assign(new Error(`Bearer ${TOKEN}`), { code: LEAK }),
        });
      },
    });
    expect(await failure(issue(server))).toMatchObject({ code: "EngineUnavailable", outcomeUnknown: true });
  });
});

describe("an engine that is slow", () => {
  const silent: Behaviour = () => {};
  const failing: Behaviour = (response) => {
    response.writeHead(500).write("a");
  };
  const endless: Behaviour = (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"action":');
  };

  it.each([
    ["headers", silent],
    ["a body", endless],
    ["the body of an error", failing],
  ])("is given up when %s do not come in time", async (_what, slow) => {
    await start(slow, { timeoutMs: 50 });
    expect(await failure(issue(server))).toMatchObject({
      code: "EngineUnavailable",
      outcomeUnknown: true,
      message: "auth/token/issue: no answer in time",
    });
    expect(server.arrived).toHaveLength(1);
  });

  it("is not asked again when the time of the call is used up", async () => {
    await start(silent, { timeoutMs: 50 });
    expect(await failure(introspect(server))).toMatchObject({
      code: "EngineUnavailable",
      outcomeUnknown: true,
    });
    expect(server.arrived).toHaveLength(1);
  });
});
