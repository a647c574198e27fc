import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cookieRules } from "../../src/server/session/cookie.ts";
import { type Answer, exchange, type Sent } from "./support/exchange.ts";
import {
  actionIds,
  formBody,
  formType,
  hiddenFields,
  pagePaths,
  refusedPosts,
  scriptType,
} from "./support/page-requests.ts";
import { person, type Server, startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

const kinds = ["front door", "next alone"] as const satisfies readonly Server[];
const running = new Map<Server, { server: Ticketgate; ready: number }>();
const ids = actionIds();
const [someId = ""] = ids;

beforeAll(async () => {
  for (const kind of kinds) {
    const server = await startTicketgate({}, kind);
    running.set(kind, { server, ready: server.output().length });
  }
});
afterAll(() => Promise.all([...running.values()].map(({ server }) => server.stop())));

function runningAs(kind: Server) {
  const found = running.get(kind);
  if (!found) throw new Error(`${kind} is not running`);
  return found;
}

/** Sends a request from a page of the server itself. */
function ask(kind: Server, sent: Sent): Promise<Answer> {
  const { origin } = runningAs(kind).server;
  return exchange(origin, { ...sent, headers: { origin, "sec-fetch-site": "same-origin", ...sent.headers } });
}

/** What was written since the server was ready and is no line of the log, or tells of a failure. */
function faultsOf(kind: Server): string[] {
  const { server, ready } = runningAs(kind);
  const lines = server.output().slice(ready).split("\n").filter(Boolean);
  return lines.filter((line) => !/^\{\P{Cc}*\}$/u.test(line) || line.includes('"level":"error"'));
}

describe.each(kinds)("%s", (kind) => {
  describe.each(pagePaths)("POST %s", (path) => {
    it.each(refusedPosts(someId))("%s", async (_, sent, status) => {
      const answer = await ask(kind, { method: "POST", path, ...sent });
      expect({ status: answer.status, type: answer.headers["content-type"] }).toEqual({
        status,
        type: expect.stringMatching(/^text\/plain/),
      });
      expect(answer.headers).toMatchObject({
        "cache-control": expect.stringContaining("no-store"),
        "x-content-type-options": "nosniff",
      });
      expect(answer.text).not.toMatch(/FORGED|nope/);
    });
  });

  it("a form without script signs in, and out", async () => {
    const browser = new Map<string, string>();
    const cookie = () => [...browser].map(([name, value]) => `${name}=${value}`).join("; ");
    const step = async (sent: Sent) => {
      const answer = await ask(kind, { ...sent, headers: { cookie: cookie(), ...sent.headers } });
      for (const line of [answer.headers["set-cookie"] ?? []].flat()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        browser.set(name, value);
      }
      return answer;
    };
    const submit = async (path: string, typed: [string, string][]) => {
      const page = await step({ method: "GET", path });
      const body = formBody([...hiddenFields(page.text), ...typed]);
      return step({ method: "POST", path, headers: { "content-type": formType }, body });
    };
    const wrong = await submit("/login", [
      ["username", "$F1"],
      ["password", "no"],
    ]);
    expect(wrong.status).toBe(200);
    expect(wrong.text).toContain("The user name or the password is not right.");
    const right = await submit("/login", [
      ["username", person.username],
      ["password", person.password],
    ]);
    expect(right).toMatchObject({ status: 303, headers: { location: "/" } });
    expect((await step({ method: "GET", path: "/" })).text).toContain(person.name);
    expect(await submit("/", [])).toMatchObject({ status: 303, headers: { location: "/" } });
    expect(browser.get(cookieRules(runningAs(kind).server.origin).session)).toBe("");
  });

  it("calls of an action with anything that can be decoded are answered", async () => {
    for (const path of pagePaths) {
      for (const body of ["[]", "[null,null]", '[{"username":"$$F1"},"$K1"]', '["$undefined",[[[1]]]]']) {
        for (const id of [...ids, "0".repeat(42), "toString"]) {
          const headers = { "content-type": scriptType, "next-action": id };
          expect((await ask(kind, { method: "POST", path, headers, body })).status).toBeLessThan(500);
        }
      }
    }
  }, 180_000);

  it("arbitrary bytes never make a page fail", async () => {
    const property = fc.asyncProperty(requests, async (sent) => {
      const { status } = await ask(kind, sent);
      expect(status).toBeLessThan(500);
    });
    await fc.assert(property, { numRuns: 600 });
  }, 180_000);

  it("a sender who hangs up in the middle makes nothing fail", async () => {
    for (const type of [formType, scriptType]) await hangUp(runningAs(kind).server.origin, type);
    expect((await ask(kind, { method: "GET", path: "/login" })).status).toBe(200);
  });

  it("nothing of this was a failure in the log, and nothing was written beside the log", () => {
    expect(faultsOf(kind)).toEqual([]);
  });
});

/** Next hides these headers from what stands before its pages, so only the front door can look at them. */
describe("the front door, what scripts of pages say about the pages they show", () => {
  const readable = encodeURIComponent(JSON.stringify(["", { children: ["login", {}, null, "refetch"] }]));

  it.each(pagePaths)("is answered when it can be read: %s", async (path) => {
    const { status } = await asScript(path, readable);
    expect(status).toBeLessThan(500);
  });

  it.each(
    pagePaths.flatMap((path) =>
      ["garbage", "%zz", "%5B%22%22%5D", "[]", "{}", "", "null", "[".repeat(9000)].map(
        (state) => [path, state.slice(0, 20), state] as const,
      ),
    ),
  )("%s is 400 when it cannot: %s", async (path, _, state) => {
    const answer = await asScript(path, state);
    expect(answer).toMatchObject({ status: 400, headers: { "content-type": "text/plain; charset=utf-8" } });
  });

  it("nothing of this was a failure in the log", () => {
    expect(faultsOf("front door")).toEqual([]);
  });

  /** Asks for a page as a script does that shows another one; goes to where it is sent. */
  async function asScript(path: string, state: string): Promise<Answer> {
    const headers = { rsc: "1", "next-router-state-tree": state };
    const answer = await ask("front door", { method: "GET", path, headers });
    const { location } = answer.headers;
    if (answer.status !== 307 || typeof location !== "string") return answer;
    return ask("front door", { method: "GET", path: location, headers });
  }
});

/** Node answers such a connection itself and ends it, with the request before under way. Next alone tells of that as an uncaught error. */
describe("the front door, what is no request behind one that is", () => {
  const form = { "content-type": formType };
  const requests: [title: string, method: string, headers: Record<string, string>, body: string][] = [
    ["a page", "GET", {}, ""],
    ["a method that no page has", "DELETE", {}, ""],
    ["a type that no page takes", "POST", { "content-type": "text/plain" }, ""],
    ["a form that cannot be read", "POST", form, "abc"],
    ["a form without an action", "POST", form, formBody([["username", "ada"]])],
    ["a form of another site", "POST", { ...form, origin: "https://evil.example" }, formBody([])],
    ["a call of no action", "POST", { "content-type": scriptType, "next-action": "0".repeat(42) }, "[]"],
  ];

  it.each(requests)("is no failure after %s", async (_, method, headers, body) => {
    const { origin } = runningAs("front door").server;
    const length = { "content-length": String(Buffer.byteLength(body)) };
    const answer = await sendRaw(origin, {
      method,
      headers: { origin, ...length, ...headers },
      body: `${body}NO\r\n\r\n`,
    });
    expect(answer).toMatch(/^HTTP\/1\.1 (?:400|405|415) /);
    expect(faultsOf("front door")).toEqual([]);
  });

  it.each(["zz\r\n\r\n", "3\r\nabc\r\nzz\r\n"])("nor is a chunk that is none: %j", async (body) => {
    const { origin } = runningAs("front door").server;
    const headers = { origin, ...form, "transfer-encoding": "chunked" };
    expect(await sendRaw(origin, { method: "POST", headers, body })).toMatch(/^HTTP\/1\.1 400 /);
    expect(faultsOf("front door")).toEqual([]);
  });
});

const names = fc.constantFrom(
  "$ACTION_REF_1",
  "$ACTION_1:0",
  "$ACTION_1:1",
  "$ACTION_KEY",
  `$ACTION_ID_${someId}`,
  "0",
  "1",
  "_1_username",
  "username",
  "password",
  "formToken",
  "next",
);
const texts = fc.oneof(
  fc.constantFrom(
    "",
    ...ids.map((id) => JSON.stringify({ id, bound: "$@1" })),
    "[]",
    '["$K1"]',
    '[{},"$K1"]',
    '["$F1"]',
    '["$@1"]',
    "nope",
  ),
  fc.json(),
  fc.jsonValue().map((value) => JSON.stringify([value])),
  fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
);
const forms = fc.array(
  fc.tuple(fc.oneof(names, fc.string({ unit: fc.constantFrom(...'$_:1aA" ;\r\n') })), texts),
  { maxLength: 8 },
);
const bodies = fc.oneof(
  forms.map(formBody),
  texts,
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
);
const headerText = fc.string({ unit: fc.constantFrom(...'multipart/form-data; boundary="X$1') });
const types = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(formType, scriptType) },
  fc.constantFrom("multipart/form-data", "multipart/form-data; boundary=X", "text/plain", "application/json"),
  headerText,
);
const actions = fc.oneof(fc.constant(undefined), fc.constantFrom(...ids, "0".repeat(42), "x"), headerText);
const requests: fc.Arbitrary<Sent> = fc
  .record({
    method: fc.oneof({ weight: 8, arbitrary: fc.constant("POST") }, fc.constantFrom("PUT", "PATCH")),
    path: fc
      .tuple(fc.constantFrom(...pagePaths), fc.constantFrom("", "?next=%", "?code=x&code", "?_rsc=1"))
      .map((parts) => parts.join("")),
    type: types,
    action: actions,
    body: bodies,
    chunked: fc.boolean(),
  })
  .map(({ type, action, ...sent }) => ({
    ...sent,
    headers: { "content-type": type, ...(action === undefined ? {} : { "next-action": action }) },
  }));

/** Declares a hundred bytes, sends ten, and is gone. */
async function hangUp(origin: string, type: string): Promise<void> {
  const headers = { origin, "content-type": type, "next-action": someId, "content-length": "100" };
  await sendRaw(origin, { method: "POST", headers, body: "0123456789" }, 200);
}

/** Sends bytes as they are, and gives what comes back until the server ends the connection, or the sender has waited for so many milliseconds. */
async function sendRaw(
  origin: string,
  { method, headers, body }: { method: string; headers: Record<string, string>; body: string },
  ms = 10_000,
): Promise<string> {
  const { hostname, port, host } = new URL(origin);
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  const socket = connect(Number(port), hostname);
  socket.setTimeout(ms, () => socket.destroy());
  socket.write([`${method} /login HTTP/1.1`, ...lines, "", body].join("\r\n"));
  let answer = "";
  socket.on("data", (part) => (answer += String(part)));
  await new Promise((closed, failed) => socket.on("close", closed).on("error", failed));
  // What an ended connection leads to comes a little later.
  await new Promise((later) => setTimeout(later, 200));
  return answer;
}
