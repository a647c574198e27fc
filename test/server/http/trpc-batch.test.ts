import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Browser,
  type Gate,
  ORIGIN,
  openGate,
  procedureRequest,
  readReply,
} from "../../support/gate.ts";

let gate: Gate;
let browser: Browser;
beforeAll(async () => {
  gate = await openGate();
  browser = gate.browser();
  await browser.signIn();
});
afterAll(() => gate.close());

const sensitive = [
  "login.password",
  "token.issue",
  "token.request",
  "token.fail",
  "token.introspect",
  "token.revoke",
  "session.signOut",
];

/** Sends a path below `/api/trpc/` exactly as it is written, as the browser that is signed in. */
async function send(path: string, method = "POST") {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const { headers } = procedureRequest("session.current", undefined, { headers: { cookie } });
  const body = method === "POST" ? { body: '{"0":{"json":null},"1":{"json":null}}' } : {};
  const request = new Request(`${ORIGIN}/api/trpc/${path}`, { method, headers, ...body });
  return readReply(await gate.trpc(request));
}

/** Every way to write a batch of calls that share a name. */
const spellings: [title: string, path: (name: string) => string][] = [
  ["two", (name) => `${name},${name}?batch=1`],
  ["two, without saying batch", (name) => `${name},${name}`],
  ["one", (name) => `${name}?batch=1`],
  ["one, batch=true", (name) => `${name}?batch=true`],
  ["one, batch without a value", (name) => `${name}?batch`],
  ["one, batch=0 and then 1", (name) => `${name}?batch=0&batch=1`],
  ["one, batch=1 and then 0", (name) => `${name}?batch=1&batch=0`],
  ["one, batch percent-encoded", (name) => `${name}?%62atch=1`],
  ["two, comma as %2C", (name) => `${name}%2C${name}?batch=1`],
  ["two, comma as %2c", (name) => `${name}%2c${name}?batch=1`],
  ["two, dot percent-encoded", (name) => `${name.replace(".", "%2E")},${name.replace(".", "%2e")}?batch=1`],
  ["two, letters percent-encoded", (name) => `${encoded(name)},${encoded(name)}?batch=1`],
  ["one, a slash more", (name) => `/${name}?batch=1`],
  ["one, two slashes more", (name) => `//${name}?batch=1`],
  ["one, a slash at the end", (name) => `${name}/?batch=1`],
  ["one, two slashes at the end", (name) => `${name}//?batch=1`],
  ["two, slashes around", (name) => `/${name},${name}/?batch=1`],
  ["one, a dot segment", (name) => `./${name}?batch=1`],
  ["one, up and down", (name) => `x/../${name}?batch=1`],
  ["mixed with a query, last", (name) => `session.current,${name}?batch=1`],
  ["mixed with a query, first", (name) => `${name},session.current?batch=1`],
  ["mixed with nothing", (name) => `,${name},?batch=1`],
  ["5,000", (name) => `${Array(5_000).fill(name).join(",")}?batch=1`],
];

function encoded(name: string): string {
  return [...name].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join("");
}

describe.each(spellings)("a batch of sensitive calls is refused: %s", (_, path) => {
  it.each(sensitive)("%s", async (name) => {
    const calls = gate.calls.length;
    const reply = await send(path(name));
    expect(reply).toMatchObject({ status: 400, error: { code: "BATCH_REFUSED" } });
    expect(gate.calls).toHaveLength(calls);
    expect((await browser.current()).data).toMatchObject({ signedIn: true });
  });
});

it("the same calls of a back end are refused, too: nothing is issued", async () => {
  const backend = await gate.backend();
  const tickets = [await backend.ticket(), await backend.ticket()];
  const calls = tickets.map((ticket, index) => [index, { json: { ticket, subject: "usr_1" } }]);
  const issues = gate.callsOf("auth/token/issue").length;
  const spoil = { query: "?batch=1", body: JSON.stringify(Object.fromEntries(calls)) };
  const reply = await backend.call("token.issue,token.issue", undefined, spoil);
  expect(reply).toMatchObject({ status: 400, error: { code: "BATCH_REFUSED" } });
  expect(gate.callsOf("auth/token/issue")).toHaveLength(issues);
  for (const ticket of tickets)
    expect(await backend.call("token.issue", { ticket, subject: "usr_1" })).toMatchObject({ status: 200 });
});

it.each(sensitive)("%s alone is no batch", async (name) => {
  const reply = await gate.browser().call(name, {});
  expect(reply.error?.code).not.toBe("BATCH_REFUSED");
});

describe("calls that are not sensitive", () => {
  const currents = (count: number) => `${Array(count).fill("session.current").join(",")}?batch=1&input={}`;

  it("ten in a batch are answered", async () => {
    const { status, text } = await send(currents(10), "GET");
    expect(status).toBe(200);
    const answers = JSON.parse(text) as { result: { data: { json: { signedIn: boolean } } } }[];
    expect(answers.map(({ result }) => result.data.json.signedIn)).toEqual(Array(10).fill(true));
  });

  it.each([11, 5_000])("%i are refused", async (count) => {
    expect(await send(currents(count), "GET")).toMatchObject({
      status: 400,
      error: { code: "BATCH_REFUSED" },
    });
  });

  it("eleven are refused without saying batch, and with encoded commas", async () => {
    const names = Array(11).fill("session.current");
    for (const path of [names.join(","), `${names.join("%2C")}?batch=1`])
      expect(await send(path, "GET")).toMatchObject({ status: 400, error: { code: "BATCH_REFUSED" } });
  });
});
