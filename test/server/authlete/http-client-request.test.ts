import { afterEach, describe, expect, it } from "vitest";
import {
  type AuthleteClientOptions,
  createAuthleteClient,
} from "../../../src/server/authlete/http-client.ts";
import {
  type Behaviour,
  failure,
  issued,
  json,
  type Misbehaving,
  startMisbehaving,
  TOKEN,
} from "./misbehaving-server.ts";

let server: Misbehaving;
const start = async (behaviour: Behaviour, options: Partial<AuthleteClientOptions> = {}) => {
  server = await startMisbehaving(behaviour, options);
};
afterEach(async () => {
  await server.close();
});

describe("what the client sends", () => {
  it("is JSON with the bearer token, to the path of the row", async () => {
    await start(json(issued));
    await server.client["auth/token/issue"]({
      ticket: "t",
      subject: "alice",
      properties: [{ key: "k", value: "v", hidden: true }],
    });
    const [request] = server.arrived;
    expect(request).toMatchObject({ method: "POST", url: "/api/715948317/auth/token/issue" });
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      "content-type": "application/json",
      accept: "application/json",
    });
    expect(JSON.parse(request?.body ?? "")).toEqual({
      ticket: "t",
      subject: "alice",
      properties: [{ key: "k", value: "v", hidden: true }],
    });
  });

  it("keeps a path in the base URL and takes a slash at its end", async () => {
    await start(json({}));
    const client = createAuthleteClient({
      baseUrl: `${server.baseUrl}/behind/proxy/`,
      serviceId: "1",
      token: TOKEN,
      timeoutMs: 5_000,
      fetch,
    });
    await client["service/get"]({});
    expect(server.arrived[0]?.url).toBe("/behind/proxy/api/1/service/get");
  });

  it("puts the members of a GET request into path and query", async () => {
    await start(json({ keys: [] }));
    await server.client["service/jwks/get"]({ includePrivateKeys: false, pretty: true });
    await server.client["client/get"]({ clientId: "https://rp.example/a b?c#d" });
    expect(server.arrived.map(({ method, url, body }) => [method, url, body])).toEqual([
      ["GET", "/api/715948317/service/jwks/get?includePrivateKeys=false&pretty=true", ""],
      ["GET", "/api/715948317/client/get/https%3A%2F%2Frp.example%2Fa%20b%3Fc%23d", ""],
    ]);
  });

  it.each(["", ".", "..", "\ud800"])(
    "sends nothing for a client identifier that no path can hold: %j",
    async (clientId) => {
      await start(json({}));
      expect(await failure(server.client["client/get"]({ clientId }))).toMatchObject({
        code: "EngineRefusedCall",
        status: 404,
      });
      expect(server.arrived).toEqual([]);
      await server.client["client/get"]({ clientId: "..." });
      expect(server.arrived).toHaveLength(1);
    },
  );

  it.each(["two\r\nlines", "sp ace", "", "ümlaut"])(
    "refuses to start with a token that no header can hold: %j",
    async (token) => {
      await start(json({}));
      const create = (value: string) =>
        createAuthleteClient({ baseUrl: server.baseUrl, serviceId: "1", token: value, timeoutMs: 1, fetch });
      expect(() => create(token)).toThrow("The access token for the engine is malformed.");
      expect(() => create("abc.DEF-123_~+/==")).not.toThrow();
    },
  );
});
