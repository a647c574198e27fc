import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Gate, ORIGIN, openGate, procedureRequest, readReply, type Spoil } from "../../support/gate.ts";

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterAll(() => gate.close());

/** A call that every check lets pass is refused for its handle; one that a check refuses never gets so far. */
const PASSED = { status: 400, code: "TICKET_INVALID" };
const input = { ticket: "no-such-handle", subject: "usr_1" };

async function issue(spoil: Spoil) {
  const reply = await readReply(await gate.trpc(procedureRequest("token.issue", input, spoil)));
  return { status: reply.status, code: reply.error?.code };
}

async function current(spoil: Spoil) {
  const request = procedureRequest("session.current", undefined, { method: "GET", ...spoil });
  const reply = await readReply(await gate.trpc(request));
  return { status: reply.status, code: reply.error?.code };
}

const crossSite = { status: 403, code: "CROSS_SITE_REFUSED" };
const mediaType = { status: 415, code: "UNSUPPORTED_MEDIA_TYPE" };

describe("only application/json is read", () => {
  it.each([
    "application/json",
    "application/json;charset=utf-8",
    "application/json; charset=UTF-8",
    "APPLICATION/JSON",
    "application/json ;charset=utf-8",
  ])("%s passes", async (type) => {
    expect(await issue({ headers: { "content-type": type } })).toEqual(PASSED);
  });

  it.each([
    "text/plain",
    "text/plain; application/json",
    "text/plain;charset=UTF-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "application/octet-stream",
    "application/jsonp",
    "application/json-patch+json",
    "application/json, text/plain",
    "text/json",
    "",
    null,
  ])("%j is refused", async (type) => {
    const body = new TextEncoder().encode(JSON.stringify({ json: input }));
    const request = procedureRequest("token.issue", input, { headers: { "content-type": type } });
    const headers = new Headers(request.headers);
    if (type === null) headers.delete("content-type");
    const sent = new Request(request.url, { method: "POST", headers, body });
    const reply = await readReply(await gate.trpc(sent));
    expect({ status: reply.status, code: reply.error?.code }).toEqual(mediaType);
  });
});

it.each(["1", "0", ""])("the header x-ticketgate: %j says that no form made the request", async (value) => {
  expect(await issue({ headers: { "x-ticketgate": value } })).toEqual(PASSED);
});

it.each(["POST", "GET"])("without the header x-ticketgate %s is refused", async (method) => {
  expect(await issue({ method, headers: { "x-ticketgate": null } })).toEqual(crossSite);
  expect(await current({ headers: { "x-ticketgate": null } })).toEqual(crossSite);
});

const origins: [title: string, origin: string | null][] = [
  ["no Origin", null],
  ["the Origin of another site", "https://evil.example"],
  ["the Origin of a subdomain", `https://www.${new URL(ORIGIN).host}`],
  ["the Origin of a sibling", "https://other.example"],
  ["the parent's Origin", "https://example"],
  ["the Origin over http", ORIGIN.replace("https", "http")],
  ["the Origin with another port", `${ORIGIN}:8443`],
  ["the Origin as a beginning", `${ORIGIN}.evil.example`],
  ["the Origin with a path", `${ORIGIN}/`],
  ["the Origin in capitals", ORIGIN.toUpperCase()],
  ["Origin: null", "null"],
  ["an empty Origin", ""],
  ["two Origins", `${ORIGIN}, https://evil.example`],
];
const sites = [null, "same-site", "cross-site", "none", "", "same-origin, cross-site", "SAME-ORIGIN"];

describe("a browser's unsafe call comes from one of our own pages, and says so twice", () => {
  it("our own page passes", async () => {
    expect(await issue({ headers: { origin: ORIGIN, "sec-fetch-site": "same-origin" } })).toEqual(PASSED);
  });

  it.each(origins)("%s is refused", async (_, origin) => {
    expect(await issue({ headers: { origin } })).toEqual(crossSite);
  });

  it.each(sites)("Sec-Fetch-Site: %j is refused", async (site) => {
    expect(await issue({ headers: { "sec-fetch-site": site } })).toEqual(crossSite);
  });

  it("neither header is refused", async () => {
    expect(await issue({ headers: { origin: null, "sec-fetch-site": null } })).toEqual(crossSite);
  });

  it("a bearer that is none does not lift the rule for cookies", async () => {
    const headers = { authorization: "Bearer", origin: null, "sec-fetch-site": null };
    expect(await issue({ headers })).toEqual(crossSite);
  });
});

describe("a browser's safe call may say nothing, but nothing else than our own page", () => {
  const passed = { status: 200, code: undefined };

  it.each([
    ["no header", {}],
    ["the Origin", { origin: ORIGIN }],
    ["Sec-Fetch-Site", { "sec-fetch-site": "same-origin" }],
  ])("%s passes", async (_, headers) => {
    const none = { origin: null, "sec-fetch-site": null };
    expect(await current({ headers: { ...none, ...headers } })).toEqual(passed);
  });

  it.each(origins.filter(([, origin]) => origin !== null))("%s is refused", async (_, origin) => {
    expect(await current({ headers: { origin, "sec-fetch-site": null } })).toEqual(crossSite);
  });

  it.each(sites.filter((site) => site !== null))("Sec-Fetch-Site: %j is refused", async (site) => {
    expect(await current({ headers: { origin: null, "sec-fetch-site": site } })).toEqual(crossSite);
  });
});

it.each(["Basic eDp5", "Bearer nobody"])(
  "%s is told how to show who it is (RFC 9110 15.5.2)",
  async (value) => {
    const response = await gate.trpc(
      procedureRequest("token.issue", input, { headers: { authorization: value } }),
    );
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  },
);

describe("methods", () => {
  const notAllowed = { status: 405, code: "METHOD_NOT_ALLOWED" };

  it.each(["PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"])("%s is refused", async (method) => {
    expect(await issue({ method })).toEqual(notAllowed);
    const request = procedureRequest("session.current", undefined, { method });
    const response = await gate.trpc(request);
    expect(response.status).toBe(405);
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("GET to a mutation and POST to a query are refused, and nothing runs", async () => {
    const browser = gate.browser();
    await browser.signIn();
    const calls = gate.calls.length;
    expect(await browser.call("session.signOut", undefined, { method: "GET" })).toMatchObject(
      notAllowedReply,
    );
    expect(await browser.call("session.current", undefined, { method: "POST" })).toMatchObject(
      notAllowedReply,
    );
    expect(gate.calls).toHaveLength(calls);
    expect((await browser.current()).data).toMatchObject({ signedIn: true });
  });
  const notAllowedReply = { status: 405, error: { code: "METHOD_NOT_ALLOWED" } };

  it.each([
    ["token.issue", "PUT", "POST"],
    ["token.issue", "GET", "POST"],
    ["session.current", "POST", "GET"],
    ["session.current", "DELETE", "GET"],
    ["token.nothing", "PUT", "GET, POST"],
  ])("%s refused for %s says what is allowed: %s", async (name, method, allow) => {
    const response = await gate.trpc(procedureRequest(name, input, { method }));
    expect([response.status, response.headers.get("allow")]).toEqual([405, allow]);
  });

  it("no method of another name lets a header override it", async () => {
    const headers = { "x-http-method-override": "POST" };
    expect(await issue({ method: "GET", headers })).toEqual(notAllowed);
  });
});

it.each(["application/jsonl", "text/event-stream", "text/html"])(
  "an answer is JSON, also for who asks for %s",
  async (form) => {
    for (const name of ["accept", "trpc-accept"]) {
      for (const method of ["GET", "POST"]) {
        const path = method === "GET" ? "session.current" : "token.issue";
        const response = await gate.trpc(
          procedureRequest(path, input, { method, headers: { [name]: form } }),
        );
        expect(response.headers.get("content-type")).toBe("application/json");
        expect(JSON.parse(await response.text())).toBeTypeOf("object");
      }
    }
  },
);
