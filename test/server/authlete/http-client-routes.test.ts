import { afterEach, describe, expect, it } from "vitest";
import { type Operation, operations } from "../../../src/server/authlete/operations.ts";
import { sampleMembers } from "../../support/sample.ts";
import {
  type Behaviour,
  failure,
  json,
  LEAK,
  type Misbehaving,
  startMisbehaving,
  TOKEN,
} from "./misbehaving-server.ts";

const SERVICE = "/api/715948317";

let server: Misbehaving;
const start = async (behaviour: Behaviour) => {
  server = await startMisbehaving(behaviour);
};
afterEach(async () => {
  await server.close();
});

const nothing: Behaviour = (response) => response.writeHead(204).end();
const text =
  (body: string, type = "text/plain;charset=utf-8", status = 200): Behaviour =>
  (response) =>
    response.writeHead(status, { "content-type": type }).end(body);

/** What arrived, the body read as JSON. */
const arrived = () =>
  server.arrived.map(({ method, url, body }) => [method, url, body === "" ? undefined : JSON.parse(body)]);

describe("what the client sends", () => {
  it.each(Object.entries(operations) as [string, Operation][])(
    "for %s is every member, once, where the row says",
    async (name, operation) => {
      await start(json({}, 400));
      const message = sampleMembers(operation.request);
      const call = server.client[name as keyof typeof operations] as (message: object) => Promise<unknown>;
      await call(message).catch(() => {});
      const { method = "", url = "", body = "", headers } = server.arrived[0] ?? {};
      const { pathname, searchParams } = new URL(url, server.baseUrl);
      expect(method).toBe(operation.method);
      expect(headers?.authorization).toBe(operation.unauthenticated ? undefined : `Bearer ${TOKEN}`);
      const root = operation.outsideService ? "/api/" : `${SERVICE}/`;
      const pattern = RegExp.escape(root + operation.path).replace(/\\\{(\w+)\\\}/g, "(?<$1>[^/]+)");
      const inPath = Object.entries(new RegExp(`^${pattern}$`).exec(pathname)?.groups ?? {});
      const decoded = inPath.map(([member, value]) => [member, decodeURIComponent(value)]);
      const inBody = body === "" ? {} : JSON.parse(body);
      const inQuery = [...searchParams].map(([member, value]) => [member, readAs(message[member], value)]);
      expect(decoded.length + inQuery.length + Object.keys(inBody).length).toBe(Object.keys(message).length);
      expect({ ...inBody, ...Object.fromEntries([...decoded, ...inQuery]) }).toEqual(message);
    },
  );

  const readAs = (original: unknown, value: string) =>
    typeof original === "string" ? value : JSON.parse(value);

  it("is DELETE with path and query, and no body", async () => {
    await start(json({ resultCode: "A137001" }));
    await server.client["client/authorization/delete"]({ clientId: "a/b", subject: "alice & bob" });
    expect(arrived()).toEqual([
      ["DELETE", `${SERVICE}/client/authorization/delete/a%2Fb?subject=alice+%26+bob`, undefined],
    ]);
    expect(server.arrived[0]?.headers).not.toHaveProperty("content-type");
  });

  it("is PUT with what is not in the path as JSON body", async () => {
    await start(json({ requestableScopes: ["openid"] }));
    const request = { clientId: "2000", requestableScopes: ["openid"] };
    expect(await server.client["client/extension/requestable_scopes/update"](request)).toEqual({
      requestableScopes: ["openid"],
    });
    expect(arrived()).toEqual([
      [
        "PUT",
        `${SERVICE}/client/extension/requestable_scopes/update/2000`,
        { requestableScopes: ["openid"] },
      ],
    ]);
    expect(server.arrived[0]?.headers).toMatchObject({ "content-type": "application/json" });
  });

  it("is outside the service where the row says so", async () => {
    await start(json({ totalCount: 0 }));
    await server.client["service/get/list"]({ start: 0, end: 5 });
    expect(arrived()).toEqual([["GET", "/api/service/get/list?start=0&end=5", undefined]]);
  });

  it("has no member of a query that is null or absent", async () => {
    await start(json({ totalCount: 0 }));
    await server.client["client/get/list"]({ developer: null as never, start: undefined, end: 5 });
    expect(arrived()).toEqual([["GET", `${SERVICE}/client/get/list?end=5`, undefined]]);
  });

  it("keeps settings that the contract does not know, because what is left out is reset", async () => {
    await start(json({}));
    await server.client["client/update"]({ clientId: "2000", clientName: "Shop", novelty: { deep: [1] } });
    expect(arrived()).toEqual([
      ["POST", `${SERVICE}/client/update/2000`, { clientName: "Shop", novelty: { deep: [1] } }],
    ]);
  });

  it("never becomes another operation by what stands in a path", async () => {
    await start(json({ clientId: 1 }));
    const refused = await failure(server.client["client/get"]({ clientId: "list" }));
    expect(refused).toMatchObject({ code: "EngineRefusedCall", status: 404 });
    expect(server.arrived).toEqual([]);
    expect(await server.client["client/get"]({ clientId: "lists" })).toEqual({ clientId: 1 });
  });
});

describe("what the client makes of an answer", () => {
  it("without content is what the row says it means", async () => {
    await start(nothing);
    expect(await server.client["client/delete"]({ clientId: "2000" })).toEqual({});
    expect(await server.client["auth/token/delete"]({ accessTokenIdentifier: "t" })).toEqual({});
    expect(await failure(server.client["client/secret/refresh"]({ clientIdentifier: "1" }))).toMatchObject({
      code: "EngineAnswerInvalid",
    });
  });

  it("takes 200 and 201 for a client that was created", async () => {
    const client = { clientId: 7, clientSecret: "s" };
    await start((response, number) => json(client, number === 0 ? 200 : 201)(response, number));
    expect(await server.client["client/create"]({})).toEqual(client);
    expect(await server.client["client/create"]({})).toEqual(client);
  });

  it("is a text where the row says so, and the token is not sent for it", async () => {
    await start(text("OK"));
    expect(await server.client["lifecycle/healthcheck"]({ extended: true })).toBe("OK");
    expect(server.arrived[0]).toMatchObject({
      method: "GET",
      url: "/api/lifecycle/healthcheck?extended=true",
    });
    expect(server.arrived[0]?.headers).toMatchObject({ accept: "text/plain" });
    expect(server.arrived[0]?.headers).not.toHaveProperty("authorization");
  });

  it.each([
    ["HTML", text(LEAK, "text/html")],
    ["JSON", json(JSON.stringify(LEAK))],
    ["no type", ((response) => response.end(LEAK)) satisfies Behaviour],
  ])("is no text when it is %s", async (_what, behaviour) => {
    await start(behaviour);
    expect(await failure(server.client["lifecycle/healthcheck"]({}))).toMatchObject({
      code: "EngineAnswerInvalid",
      message: "lifecycle/healthcheck: answered something other than a text",
    });
  });

  it("tells a feature that the engine does not have from a token that is too weak", async () => {
    await start((response, number) =>
      json({ resultCode: number === 0 ? "A001223" : "A001219", resultMessage: LEAK }, 403)(response, number),
    );
    const get = () => server.client["service/configuration"]({});
    expect(await failure(get())).toMatchObject({
      code: "EngineRefusedCall",
      status: 403,
      resultCode: "A001223",
    });
    expect(await failure(get())).toMatchObject({ code: "EngineRefusedCredentials" });
  });

  it("is asked for once where the second answer would be another", async () => {
    await start(text("", "text/plain", 503));
    expect(await failure(server.client["client/delete"]({ clientId: "1" }))).toMatchObject({
      code: "EngineUnavailable",
      outcomeUnknown: true,
    });
    expect(server.arrived).toHaveLength(1);
    await failure(server.client["client/granted_scopes/delete"]({ clientId: "1", subject: "s" }));
    expect(server.arrived).toHaveLength(4);
  });
});
