import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Route } from "../../../src/server/authlete/operation.ts";
import { type Operation, operations } from "../../../src/server/authlete/operations.ts";
import type { Engine } from "../../../src/server/engine/engine.ts";
import { form } from "../../support/engine.ts";
import { sampleMembers } from "../../support/sample.ts";
import { API, FORM_TYPE, JSON_TYPE, openWebApi, type WebApi, webApiOf } from "./web-api.ts";

const routes = (Object.entries(operations) as [string, Operation][]).flatMap(([name, operation]) =>
  [operation, ...(operation.aliases ?? [])].map((route): [string, string, string, Operation] => [
    route.method,
    route.path,
    name,
    operation,
  ]),
);

let calls: { name: string; message: unknown }[];
/** An engine that notes what it is asked, and has nothing to say. */
const noting = new Proxy({} as Engine, {
  get: (_engine, name) => async (message: unknown) => {
    calls.push({ name: String(name), message });
    return { keys: [] };
  },
});

let api: WebApi;
let noted: WebApi;
beforeAll(async () => {
  api = await openWebApi();
  noted = webApiOf(api.test, noting);
});
beforeEach(() => {
  calls = [];
});
afterAll(() => api.test.close());

/** The path of a call, and the members that are not in it. */
function addressed({ path }: Pick<Route, "path">, { outsideService }: Operation, message: Message) {
  const rest = { ...message };
  const filled = path.replace(/\{(\w+)\}/g, (_braces, member: string) => {
    delete rest[member];
    return encodeURIComponent(String(message[member]));
  });
  return { path: `${outsideService ? "/api" : API}/${filled}`, rest };
}

type Message = Record<string, unknown>;

/** Members as parameters: lists as the text of a JSON array. */
function parameters(members: Message): Record<string, string> {
  const written = Object.entries(members).map(([name, value]) => [
    name,
    typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
  return Object.fromEntries(written);
}

describe("every route of the contract", () => {
  it.each(routes)("%s %s leads to %s with all its members", async (method, path, name, operation) => {
    const message = sampleMembers(operation.request);
    const address = addressed({ path }, operation, message);
    const hasBody = method === "POST" || method === "PUT";
    const query = hasBody ? "" : `?${form(parameters(address.rest))}`;
    const headers = hasBody ? JSON_TYPE : {};
    const sent = { method, path: address.path + query, headers, body: JSON.stringify(address.rest) };
    const answer = await noted.send(sent);
    expect(calls).toEqual([{ name, message }]);
    expect(answer.status).toBe(name === "service/jwks/get" ? 204 : 200);
  });

  const withBody = routes.filter(([method]) => method === "POST" || method === "PUT");

  it.each(withBody)("%s %s takes a form for %s too", async (method, path, name, operation) => {
    const message = sampleMembers(operation.request);
    const address = addressed({ path }, operation, message);
    const body = form(parameters(address.rest));
    await noted.send({ method, path: address.path, headers: FORM_TYPE, body });
    const info = { info: JSON.stringify(message.info) };
    expect(calls).toEqual([{ name, message: "info" in message ? { ...message, ...info } : message }]);
  });

  it.each(routes)(
    "%s %s (%s) is closed without the access token, if it is not open to all",
    async (...row) => {
      const [method, path, name, operation] = row;
      const address = addressed({ path }, operation, sampleMembers(operation.request));
      const response = await noted.endpoint(new Request(`https://engine.example${address.path}`, { method }));
      expect(response.status).toBe(name === "lifecycle/healthcheck" ? 200 : 401);
      expect(calls).toHaveLength(name === "lifecycle/healthcheck" ? 1 : 0);
    },
  );

  it("takes what the path says before what the body says", async () => {
    const sent = { path: `${API}/client/update/shop`, body: '{"clientId":2000,"clientName":"Shop"}' };
    await noted.send(sent);
    expect(calls).toEqual([{ name: "client/update", message: { clientId: "shop", clientName: "Shop" } }]);
    await noted.refused({ ...sent, body: "[]" }, 400, "A126202");
    await noted.refused({ ...sent, body: '{"clientName":2000}' }, 400, "A126202");
    expect(calls).toHaveLength(1);
  });

  it("takes a segment for what it is before it takes it for a member", async () => {
    const get = (path: string) => noted.send({ method: "GET", path: `${API}/${path}`, headers: {} });
    for (const path of ["client/get/list", "client/get/lists", "client/get/%6Cist"]) await get(path);
    expect(calls.map(({ name }) => name)).toEqual(["client/get/list", "client/get", "client/get"]);
  });
});

describe("methods", () => {
  it.each([
    ["GET", "auth/token", "POST"],
    ["PUT", "auth/token", "POST"],
    ["DELETE", "auth/revocation", "POST"],
    ["OPTIONS", "auth/introspection", "POST"],
    ["POST", "service/get", "GET"],
    ["POST", "service/jwks/get", "GET"],
    ["DELETE", "client/get/2000", "GET"],
    ["POST", "client/delete/2000", "DELETE"],
    ["GET", "auth/token/delete/x", "DELETE"],
    ["DELETE", "client/extension/requestable_scopes/update/2000", "PUT, POST"],
    ["GET", "client/authorization/delete/2000", "DELETE, POST"],
    ["POST", "client/granted_scopes/get/2000/alice", "GET"],
    ["PUT", "service/configuration", "GET, POST"],
  ])("%s is none of %s", async (method, path, allow) => {
    const answer = await noted.refused({ method, path: `${API}/${path}` }, 405, "A001223");
    expect(answer.headers.get("allow")).toBe(allow);
    expect(calls).toEqual([]);
  });

  it.each(["/api/service/get/list", "/api/lifecycle/healthcheck"])("POST is none of %s", async (path) => {
    const answer = await noted.refused({ path }, 405, "A001223");
    expect(answer.headers.get("allow")).toBe("GET");
  });
});

describe("features that this engine does not have", () => {
  it.each([
    ["POST", "vci/metadata"],
    ["POST", "vci/offer/create"],
    ["POST", "vci/nothing/of/the/kind"],
    ["POST", "federation/configuration"],
    ["POST", "federation/registration"],
    ["GET", "hsk/get/list"],
    ["GET", "hsk/get/handle"],
    ["DELETE", "hsk/delete/handle"],
    ["PUT", "hsk"],
  ])("are refused as such: %s %s", async (method, path) => {
    const answer = await noted.refused({ method, path: `${API}/${path}` }, 403, "A001223");
    expect(answer.json.resultMessage).toBe("[A001223] The feature is not available.");
    expect(calls).toEqual([]);
  });

  it("are of this service only, and only for who has the token", async () => {
    await noted.refused({ path: "/api/1/vci/metadata" }, 403, "A001217");
    const headers = { ...JSON_TYPE, authorization: "Bearer wrong" };
    await noted.refused({ path: `${API}/vci/metadata`, headers }, 401, "A458101");
    await noted.refused({ path: `${API}/vcix/metadata` }, 404, "A001223");
  });
});

describe("paths outside a service", () => {
  const healthcheck = { method: "GET", path: "/api/lifecycle/healthcheck", headers: {} };

  it("tell that the engine works, as a text", async () => {
    const answer = await api.send({ ...healthcheck, path: `${healthcheck.path}?extended=true` });
    expect(answer).toMatchObject({ status: 200, text: "OK" });
    expect(answer.headers.get("content-type")).toBe("text/plain;charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it("tell that it does not, to everybody, and why to nobody", async () => {
    const failing = new Proxy({} as Engine, {
      get: () => async () => {
        throw new Error("canary-3");
      },
    });
    const broken = webApiOf(api.test, failing);
    const answer = await broken.refused(healthcheck, 500, "A001101");
    expect(answer.text).not.toContain("canary");
    expect(broken.reported).toHaveLength(1);
  });

  it.each([
    "/api/lifecycle/health",
    "/api/lifecycle/healthcheck/",
    "/api/service/get",
    "/api/service/get/list/1",
    "/api/Service/get/list",
  ])("are not at %s: that is another service's", async (path) => {
    await noted.refused({ method: "GET", path }, 403, "A001217");
    expect(calls).toEqual([]);
  });

  it("are not below a service", async () => {
    const sent = { method: "GET", headers: {} };
    await noted.refused({ ...sent, path: `${API}/service/get/list` }, 404, "A001223");
    await noted.refused({ ...sent, path: `${API}/lifecycle/healthcheck` }, 404, "A001223");
    expect((await noted.send({ ...sent, path: "/api/service/get/list?start=1&end=2" })).status).toBe(200);
    expect(calls).toEqual([{ name: "service/get/list", message: { start: 1, end: 2 } }]);
  });
});
