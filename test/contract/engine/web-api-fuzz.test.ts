import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Operation, operations } from "../../../src/server/authlete/operations.ts";
import { clients, form } from "../../support/engine.ts";
import { ACCESS_TOKEN, errorOf, serveWebApi, signIn } from "./served-engine.ts";
import { API, FORM_TYPE, good, JSON_TYPE, openWebApi, TOKEN_PATH, type WebApi } from "./web-api.ts";

let api: WebApi;
beforeAll(async () => {
  api = await openWebApi();
});
afterAll(async () => {
  expect(api.reported, "no failure of the engine").toEqual([]);
  await api.test.close();
});

/** The operations that leave the service and the clients of the other tests as they are. */
const rows = (Object.entries(operations) as [string, Operation][]).filter(
  ([name]) => name !== "service/update" && name !== "service/delete",
);
const inPaths: Record<string, string> = { subject: "alice", accessTokenIdentifier: "unknown" };

/** Where an operation stands; a client in the path is one that nobody has. */
function pathOf({ path, outsideService }: Operation): string {
  const filled = path.replace(/\{(\w+)\}/g, (_braces, member: string) => inPaths[member] ?? "999");
  return `${outsideService ? "/api" : API}/${filled}`;
}

const paths = [...rows.map(([, row]) => pathOf(row)), `${API}/client/get/${clients.firstParty.id}`];
const posts = rows.filter(([, { method }]) => method === "POST");

/** An answer of the Web API, whatever the call was: JSON, never a fault. */
async function expectAnswer(sent: Parameters<WebApi["send"]>[0], statuses: number[]) {
  const { status, text, headers, json } = await api.send(sent);
  expect(statuses, text).toContain(status);
  expect(headers.get("cache-control")).toBe("no-store");
  if (text === "" || text === "OK") return;
  expect(headers.get("content-type")).toBe("application/json;charset=utf-8");
  if (status !== 200) expect(Object.keys(json)).toEqual(["resultCode", "resultMessage"]);
  JSON.parse(text, (member, value) => value ?? expect.fail(`${member} is null`));
}

const bytes = fc.uint8Array({ maxLength: 300 });
const headerText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
});

const anyValue = fc.oneof(
  fc.jsonValue({ stringUnit: "binary" }),
  fc.double(),
  fc.constantFrom(null, "", 0, -1, 2 ** 53, [], {}, [null], "{}", "[]", "\u0000", "x".repeat(70_000)),
);

describe("whatever bytes arrive", () => {
  it("the Web API answers, and no fault of the engine is among the answers", async () => {
    const call = fc.record({
      method: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "HEAD"),
      path: fc.oneof(
        fc.constantFrom(...paths),
        fc.webPath().map((path) => `${API}${path}`),
        fc
          .tuple(fc.constantFrom(...paths), fc.webQueryParameters())
          .map(([path, query]) => `${path}?${query}`),
        fc.string({ unit: "binary" }).map((text) => `${API}/client/get/${encodeURIComponent(text)}`),
      ),
      type: fc.oneof(
        fc.constantFrom(
          "application/json",
          "application/x-www-form-urlencoded",
          "application/json;charset=utf-16",
        ),
        headerText,
      ),
      body: bytes,
      authorization: fc.option(headerText, { nil: `Bearer ${ACCESS_TOKEN}`, freq: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(call, async ({ method, path, type, body, authorization }) => {
        const headers = { "content-type": type, authorization };
        await expectAnswer({ method, path, headers, body }, [200, 204, 400, 401, 403, 404, 405, 415]);
      }),
      { numRuns: 800 },
    );
  });

  it.each([JSON_TYPE, FORM_TYPE])("in a body of %j: an answer or a refusal", async (headers) => {
    const text = fc.oneof(
      bytes,
      fc.json({ stringUnit: "binary" }),
      fc.string({ unit: "binary" }).map((value) => JSON.stringify({ ...good, parameters: value })),
      fc.webQueryParameters(),
      fc.dictionary(fc.string(), fc.string({ unit: "binary" })).map(form),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...posts), text, async ([, row], body) => {
        const sent = { path: pathOf(row), headers, body: body as Uint8Array<ArrayBuffer> | string };
        await expectAnswer(sent, [200, 400, 403, 404]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("whatever a member is", () => {
  const members = posts.flatMap(([name, row]) =>
    Object.keys(row.request.shape).map((member): [string, string, string] => [name, member, pathOf(row)]),
  );
  const base = { ...good, ticket: "t", subject: "s", reason: "UNKNOWN", token: "t" };
  it.each(members)("%s takes or refuses %s", async (_name, member, path) => {
    await fc.assert(
      fc.asyncProperty(anyValue, async (given) => {
        const sent = { path, body: JSON.stringify({ ...base, [member]: given }) };
        await expectAnswer(sent, [200, 400, 403, 404]);
      }),
      { numRuns: 20 },
    );
  });

  it("any parameters of a token request lead to an OAuth error, never to a ticket of nobody", async () => {
    const parameter = fc.constantFrom(
      "grant_type",
      "client_id",
      "client_secret",
      "scope",
      "username",
      "resource",
    );
    const list = fc.array(fc.tuple(fc.oneof(parameter, fc.string()), fc.string({ unit: "binary" })), {
      maxLength: 6,
    });
    const before = api.test.issued();
    await fc.assert(
      fc.asyncProperty(list, async (pairs) => {
        const body = JSON.stringify({ parameters: new URLSearchParams(pairs).toString() });
        const { status, json } = await api.send({ path: TOKEN_PATH, body });
        expect(status).toBe(200);
        expect(json.action).toMatch(/^(BAD_REQUEST|INVALID_CLIENT)$/);
        expect(errorOf(json)).toMatch(/^(invalid_\w+|unsupported_grant_type|unauthorized_client)$/);
      }),
      { numRuns: 300 },
    );
    expect(api.test.issued()).toBe(before);
    expect((await api.send()).json).toMatchObject({ action: "PASSWORD" });
  });
});

describe("whatever a service is made to be", () => {
  it("the Web API answers, and no fault of the engine is among the answers", async () => {
    const own = await openWebApi();
    const { request } = operations["service/update"];
    const settings = await own.test.engine["service/get"]({});
    const member = fc.constantFrom(...Object.keys(request.shape));
    await fc.assert(
      fc.asyncProperty(member, anyValue, async (name, given) => {
        const body = JSON.stringify({ ...settings, [name]: given });
        expect([200, 400, 403]).toContain((await own.send({ path: `${API}/service/update`, body })).status);
        const path = `${API}/service/get`;
        expect((await own.send({ method: "GET", path, headers: {} })).status).toBe(200);
        expect((await own.send()).status).toBe(200);
      }),
      { numRuns: 400 },
    );
    expect(own.reported).toEqual([]);
    await own.test.close();
  });
});

describe("whatever comes over the wire", () => {
  it("the server lives on and serves the next caller", async () => {
    const web = await serveWebApi(api.test.engine);
    const { port } = new URL(web.baseUrl);
    const head = `POST ${TOKEN_PATH} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${ACCESS_TOKEN}\r\n`;
    const starts = [
      "",
      "GET ",
      head,
      `${head}content-length: 50\r\n\r\n`,
      `${head}transfer-encoding: chunked\r\n\r\n`,
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), bytes, async (start, rest) => {
        await talk(Number(port), Buffer.concat([Buffer.from(start), rest]));
      }),
      { numRuns: 100 },
    );
    const response = await fetch(`${web.baseUrl}${TOKEN_PATH}`, {
      method: "POST",
      headers: { ...JSON_TYPE, authorization: `Bearer ${ACCESS_TOKEN}` },
      body: JSON.stringify({ ...good, parameters: form(signIn) }),
    });
    expect(await response.json()).toMatchObject({ action: "PASSWORD" });
    expect(web.reported).toEqual([]);
    await web.close();
  });
});

/** Sends bytes, ends, and waits until the server has hung up. */
function talk(port: number, sent: Uint8Array): Promise<void> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(sent));
    socket.resume().on("error", () => {});
    socket.on("close", () => done());
  });
}
