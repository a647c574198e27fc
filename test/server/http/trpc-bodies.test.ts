import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demo, type Gate, ORIGIN, openGate, procedureRequest, readReply } from "../../support/gate.ts";

const LIMIT_BYTES = 262_144;

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterAll(() => gate.close());

const credentials = { username: demo.username, password: demo.password };

/** `login.password` with a body as it stands; a stream has no declared length. */
async function login(body: string | ReadableStream<Uint8Array>, headers: Record<string, string> = {}) {
  const page = procedureRequest("login.password", undefined);
  const sent = new Request(page.url, {
    method: "POST",
    headers: { ...Object.fromEntries(page.headers), ...headers },
    body,
    ...(typeof body === "string" ? {} : { duplex: "half" as const }),
  });
  return readReply(await gate.trpc(sent));
}

function streamOf(text: string, chunkBytes = 65_536): ReadableStream<Uint8Array> & { pulled: () => number } {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + chunkBytes));
      at += chunkBytes;
    },
  });
  return Object.assign(stream, { pulled: () => at });
}

/** A good request of exactly that many bytes. */
function bodyOf(bytes: number): string {
  const text = JSON.stringify({ json: credentials });
  return text + " ".repeat(bytes - text.length);
}

const tooLarge = { status: 413, error: { code: "PAYLOAD_TOO_LARGE" } };

describe(`a body has at most ${LIMIT_BYTES} bytes`, () => {
  const declared = (text: string) => ({ "content-length": String(text.length) });

  it("that many pass, declared or not", async () => {
    const text = bodyOf(LIMIT_BYTES);
    expect(await login(text, declared(text))).toMatchObject({ status: 200 });
    expect(await login(text)).toMatchObject({ status: 200 });
    expect(await login(streamOf(text))).toMatchObject({ status: 200 });
  });

  it("one more is refused, declared or not, before any work", async () => {
    const text = bodyOf(LIMIT_BYTES + 1);
    const calls = gate.calls.length;
    expect(await login(text, declared(text))).toMatchObject(tooLarge);
    expect(await login(text)).toMatchObject(tooLarge);
    expect(await login(streamOf(text))).toMatchObject(tooLarge);
    expect(gate.calls).toHaveLength(calls);
  });

  it("a body without end is read to the limit and no further", async () => {
    const stream = streamOf(bodyOf(LIMIT_BYTES * 100));
    expect(await login(stream)).toMatchObject(tooLarge);
    expect(stream.pulled()).toBeLessThan(LIMIT_BYTES * 2);
  });

  it("a declared length that is no number does not lift the limit", async () => {
    const text = bodyOf(LIMIT_BYTES + 1);
    expect(await login(streamOf(text), { "content-length": "NaN" })).toMatchObject(tooLarge);
  });

  it("a body that breaks off is no failure of ours", async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error("aborted")),
    });
    const fields = { input: ["broke off"] };
    expect(await login(broken)).toMatchObject({ status: 400, error: { code: "BAD_REQUEST", fields } });
  });
});

/** Bodies that are refused as they are read, and why each might not be. */
const refused: Record<string, string> = {
  nothing: "",
  "no JSON": "username=alice",
  "half a JSON": '{"json":{"username":',
  "JSON and more": '{"json":{}}{"json":{}}',
  "a JSON text": '"text"',
  "a JSON number": "7",
  "a JSON null": "null",
  "a JSON list": "[]",
  "no envelope": JSON.stringify(credentials),
  "a byte order mark alone": "\uFEFF",
  "lists, 100,000 deep": `{"json":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
  "objects, 40,000 deep": `{"json":${'{"a":'.repeat(40_000)}1${"}".repeat(40_000)}}`,
  "__proto__ at the top": '{"__proto__":{"json":{"username":"alice","password":"x"}}}',
  "__proto__ in the input": '{"json":{"__proto__":{"username":"alice","password":"x"}}}',
  "__proto__ in escapes": '{"json":{"\\u005f_proto__":{"username":"alice","password":"x"}}}',
  "constructor.prototype": '{"json":{"constructor":{"prototype":{"polluted":true}}}}',
};

describe("a body that is no input of the procedure is refused with 400", () => {
  it.each(Object.entries(refused))("%s", async (_, body) => {
    const calls = gate.calls.length;
    const { status, error } = await login(body);
    expect({ status, code: error?.code }).toEqual({ status: 400, code: "BAD_REQUEST" });
    expect(Object.values(error?.fields ?? {}).flat(), "the advice says that fields are named").not.toEqual(
      [],
    );
    expect(gate.calls).toHaveLength(calls);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

it("what is no JSON is told so, and none of it is repeated", async () => {
  const { text, error } = await login("canary=7f31");
  expect(error?.fields).toEqual({ input: ["is not JSON as superjson writes it"] });
  expect(text).not.toContain("canary");
});

/** What superjson's `meta` can say: types of values, places of values, and values that are one. */
const metas: Record<string, unknown> = {
  "a Map": { values: { username: ["map"] } },
  "a Set": { values: { username: ["set"] } },
  "a Date": { values: { username: ["Date"] } },
  "a RegExp": { values: { username: ["regexp"] } },
  "an Error": { values: { username: ["Error"] } },
  "a URL": { values: { username: ["URL"] } },
  "a bigint": { values: { username: ["bigint"] } },
  "a number": { values: { username: ["number"] } },
  undefined: { values: { username: ["undefined"] } },
  "a typed array": { values: { username: [["typed-array", "Uint8Array"]] } },
  "an unknown typed array": { values: { username: [["typed-array", "Function"]] } },
  "a symbol": { values: { username: [["symbol", "x"]] } },
  "a class": { values: { username: [["class", "Object"]] } },
  "a class of every object": { values: { username: [["class", "constructor"]] } },
  "a custom type": { values: { username: [["custom", "x"]] } },
  "an unknown type": { values: { username: ["nothing"] } },
  "the whole as a Map": { values: ["map"] },
  "the whole as a Date": { values: ["Date"] },
  "the whole as undefined": { values: ["undefined"] },
  "a path that is not there": { values: { "a.b.c": ["Date"] } },
  __proto__: { values: { "__proto__.polluted": ["Date"] } },
  "constructor.prototype": { values: { "constructor.prototype.polluted": ["Date"] } },
  "referential equality with __proto__": { referentialEqualities: { username: ["__proto__.polluted"] } },
  "referential equality with a prototype": {
    referentialEqualities: { username: ["constructor.prototype.polluted"] },
  },
  "no tree": { values: 7 },
  "a tree of nonsense": { values: [[[["Date"]]], { a: null }] },
  "a tree of null": { values: null, referentialEqualities: null },
  "a text": "text",
  "another version": { v: 99, values: { username: ["Date"] } },
};

describe("superjson's meta builds no odd type, pollutes nothing and never is a failure of ours", () => {
  it.each(Object.entries(metas))("%s", async (_, meta) => {
    const { status, error } = await login(JSON.stringify({ json: credentials, meta }));
    expect([200, 400]).toContain(status);
    expect(error?.code ?? "BAD_REQUEST").toBe("BAD_REQUEST");
    for (const name of ["polluted", "username"]) expect(name in {}).toBe(false);
  });

  it.each(["map", "set", "Date", "regexp", "Error", "URL", "undefined"])("%s is no text", async (type) => {
    const reply = await login(JSON.stringify({ json: credentials, meta: { values: { password: [type] } } }));
    expect(reply).toMatchObject({ status: 400, error: { code: "BAD_REQUEST" } });
  });
});

it("the query of a POST request is not its input", async () => {
  const page = procedureRequest("login.password", undefined);
  const input = encodeURIComponent(JSON.stringify({ json: credentials }));
  const sent = new Request(`${ORIGIN}/api/trpc/login.password?input=${input}`, {
    method: "POST",
    headers: page.headers,
  });
  expect(await readReply(await gate.trpc(sent))).toMatchObject({ status: 400 });
});
