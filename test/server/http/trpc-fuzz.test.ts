import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Gate, ORIGIN, openGate, procedureRequest } from "../../support/gate.ts";
import { procedures } from "../trpc/procedures.ts";

let gate: Gate;
let token: string;
beforeAll(async () => {
  gate = await openGate();
  token = (await gate.backend()).token;
});
afterAll(() => gate.close());

const RUNS = { numRuns: 300 };

const actor = fc.constantFrom<Record<string, string | null>>(
  {},
  { authorization: "Bearer nobody" },
  { backend: "1" },
);

/** Sends whatever it is given, as a page or as a back end. */
async function send(path: string, who: Record<string, string | null>, change: RequestInit = {}) {
  const headers = who.backend ? { authorization: `Bearer ${token}` } : who;
  const page = procedureRequest("token.issue", undefined, { headers });
  const sent = new Request(`${ORIGIN}/api/trpc/${path}`, {
    method: "POST",
    headers: page.headers,
    ...change,
  });
  const response = await gate.trpc(sent);
  return { status: response.status, text: await response.text(), headers: response.headers };
}

function expectAnswer({ status, text, headers }: Awaited<ReturnType<typeof send>>): void {
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThan(500);
  expect(headers.get("content-type")).toBe("application/json");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  for (const { error } of [JSON.parse(text)].flat()) {
    const { code, fields } = error?.json.data ?? {};
    if (code === "BAD_REQUEST") expect(Object.values(fields ?? {}).flat()).not.toEqual([]);
  }
}

it("arbitrary bytes to any procedure are answered, and never with a failure of ours", async () => {
  const bytes = fc.uint8Array({ maxLength: 2_000 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...procedures), bytes, actor, async (name, body, who) => {
      expectAnswer(await send(name, who, { body: Buffer.from(body) }));
    }),
    RUNS,
  );
});

it("arbitrary JSON as input, with arbitrary meta, is answered, and never with a failure of ours", async () => {
  const names = fc.constantFrom(
    "ticket",
    "subject",
    "properties",
    "jwtAtClaims",
    "accessToken",
    "parameters",
    "token",
    "username",
    "password",
    "reason",
    "scopes",
    "maxAge",
    "__proto__",
    "constructor",
  );
  const value = fc.oneof(fc.jsonValue(), fc.dictionary(names, fc.jsonValue()));
  const types = fc.constantFrom<unknown>(
    "Date",
    "map",
    "set",
    "regexp",
    "Error",
    "URL",
    "bigint",
    "undefined",
    "number",
    ["class", "Object"],
  );
  const meta = fc.option(
    fc.record(
      {
        values: fc.oneof(fc.dictionary(names, fc.tuple(types)), fc.tuple(types), fc.jsonValue()),
        referentialEqualities: fc.oneof(fc.dictionary(names, fc.array(names)), fc.jsonValue()),
        v: fc.nat(2),
      },
      { requiredKeys: [] },
    ),
    { nil: undefined },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...procedures), value, meta, actor, async (name, json, given, who) => {
      const body = JSON.stringify({ json, meta: given });
      expectAnswer(await send(name, who, { body }));
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 600 },
  );
});

it("arbitrary paths are answered, and never with a failure of ours", async () => {
  const piece = fc.oneof(
    fc.constantFrom(...procedures),
    fc.constantFrom(
      ",",
      "%2C",
      "/",
      "%2F",
      "%",
      "%zz",
      "..",
      "%00",
      "?batch=1",
      "&input={}",
      "?input=%",
      "#",
      "toString",
      "__proto__",
    ),
    fc.string({ unit: "binary", maxLength: 10 }),
  );
  const path = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
  await fc.assert(
    fc.asyncProperty(path, actor, fc.constantFrom("GET", "POST"), async (text, who, method) => {
      if (!URL.canParse(`${ORIGIN}/api/trpc/${text}`)) return;
      expectAnswer(await send(text, who, { method, ...(method === "POST" ? { body: "{}" } : {}) }));
    }),
    { numRuns: 600 },
  );
});

it("arbitrary input in the query of session.current is answered, and never with a failure of ours", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), fc.boolean(), async (input, batch) => {
      const query = new URLSearchParams({ input: input.toWellFormed(), ...(batch ? { batch: "1" } : {}) });
      expectAnswer(await send(`session.current?${query}`, {}, { method: "GET" }));
    }),
    RUNS,
  );
});

it("arbitrary headers are answered, and never with a failure of ours", async () => {
  const names = fc.constantFrom(
    "cookie",
    "authorization",
    "origin",
    "sec-fetch-site",
    "content-type",
    "x-ticketgate",
    "trpc-accept",
    "accept",
    "x-trpc-source",
    "content-length",
    "trpc-batch-mode",
  );
  const text = fc.string({ unit: "grapheme-ascii", maxLength: 40 });
  const value = fc.oneof(
    text,
    fc.constantFrom("application/jsonl", "text/event-stream", "null", "Bearer x", `${ORIGIN}`),
  );
  const name = fc.constantFrom(...procedures);
  await fc.assert(
    fc.asyncProperty(
      name,
      fc.dictionary(names, value),
      fc.constantFrom("GET", "POST"),
      async (path, given, method) => {
        const headers = new Headers(procedureRequest("token.issue", undefined).headers);
        for (const [header, content] of Object.entries(given)) headers.set(header, content);
        expectAnswer(await send(path, {}, { method, headers, ...(method === "POST" ? { body: "{}" } : {}) }));
      },
    ),
    { numRuns: 600 },
  );
});
