import fc from "fast-check";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Claims, readClaims } from "../../../src/server/flow/claim-rules.ts";
import { type Gate, openGate } from "../../support/gate.ts";
import { openActor, setService } from "./actors.ts";

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
  await setService(gate, { accessTokenSignAlg: "ES256" });
});
afterAll(() => gate.close());

const issues = () => gate.callsOf("auth/token/issue").length;

const REGISTERED = [
  "iss",
  "sub",
  "aud",
  "exp",
  "nbf",
  "iat",
  "jti",
  "client_id",
  "scope",
  "cnf",
  "act",
  "azp",
];

/** Arrays in one another, so many levels. */
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
const nestedText = (levels: number) => `{"deep":${"[".repeat(levels)}${"]".repeat(levels)}}`;

const refused: [string, Claims | string, string][] = [
  ...REGISTERED.map((name): [string, Claims, string] => [
    `the registered claim ${name}`,
    { [name]: "x" },
    `the claim ${name} is registered`,
  ]),
  ["a registered claim in a text", '{"sub":"somebody"}', "the claim sub is registered"],
  ["a registered claim, spelled with an escape", '{"\\u0073ub":"somebody"}', "the claim sub is registered"],
  ["an array", "[1]", "must be a JSON object"],
  ["null", "null", "must be a JSON object"],
  ["a text that is no JSON", "plan=pro", "must be a JSON object"],
  ["an empty text", "", "must be a JSON object"],
  ["nine levels", { deep: nested(8) }, "the claim deep is nested deeper"],
  ["levels without end", nestedText(5_000), "the claim deep is nested deeper"],
  ["more than 16 KiB", { long: "x".repeat(16_384) }, "at most 16384 bytes"],
  ["a name twice", '{"plan":"a","plan":"b"}', "the name plan is given more than once"],
  ["a name twice, further in", '{"a":{"b":1,"\\u0062":2}}', "the name b is given more than once"],
  ["a prototype", '{"__proto__":{"admin":true}}', "the name __proto__ is not allowed"],
  ["a prototype further in", '{"a":[{"__proto__":{}}]}', "the claim a holds a name that is not allowed"],
  ["a constructor", '{"constructor":{}}', "the name constructor is not allowed"],
  ["a number that is too large", '{"x":1e999}', "the claim x holds a value that JSON cannot hold"],
];

describe.each(["backend", "server"] as const)("claims given by a %s", (kind) => {
  it.each(refused)(
    "are refused, nothing is issued and the ticket stays good: %s",
    async (_, jwtAtClaims, reason) => {
      const actor = await openActor(gate, kind);
      const ticket = await actor.ticket();
      const before = issues();
      const { error } = await actor.issue(ticket, { jwtAtClaims });
      expect(error).toMatchObject({
        code: "BAD_REQUEST",
        fields: { jwtAtClaims: [expect.stringContaining(reason)] },
      });
      expect(issues()).toBe(before);
      expect((await actor.issue(ticket, { jwtAtClaims: { plan: "pro" } })).data?.action).toBe("OK");
    },
  );

  it.each<[string, Claims | string, Claims]>([
    ["an object", { plan: "pro", seats: 3 }, { plan: "pro", seats: 3 }],
    ["its text", '{"plan":"pro","seats":3}', { plan: "pro", seats: 3 }],
    ["eight levels", { deep: nested(7) }, { deep: nested(7) }],
    ["a registered name further in", { a: { sub: "x" } }, { a: { sub: "x" } }],
    ["one name in two objects", '{"a":{"b":1},"c":{"b":2}}', { a: { b: 1 }, c: { b: 2 } }],
    ["text that looks like a name", '{"a":"x\\":","b":"a"}', { a: 'x":', b: "a" }],
  ])("may be %s", async (_, jwtAtClaims, expected) => {
    const actor = await openActor(gate, kind);
    const { data } = await actor.issue(await actor.ticket(), { jwtAtClaims });
    expect(decodeJwt(String(data?.jwtAccessToken))).toMatchObject({ ...expected, sub: actor.subject });
  });

  it.each<[string, unknown]>([
    ["a Date", new Date(0)],
    ["a Map", new Map([["a", 1]])],
    ["a Set", new Set([1])],
    ["NaN", Number.NaN],
    ["a bigint", 1n],
    ["nothing, in an array", [undefined]],
  ])("may not hold what a JSON text would change: %s", async (_, value) => {
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    const before = issues();
    const { error } = await actor.issue(ticket, { jwtAtClaims: { plan: value } });
    expect(error).toMatchObject({ code: "BAD_REQUEST", fields: { jwtAtClaims: [expect.any(String)] } });
    expect(issues()).toBe(before);
    expect((await actor.issue(ticket, { jwtAtClaims: { plan: [1] } })).data?.action).toBe("OK");
  });
});

describe("claims", () => {
  it("may be an object with a cycle only to be refused", () => {
    const claims: Claims = {};
    claims.self = claims;
    expect(readClaims(claims)).toMatchObject({ ok: false, fields: { jwtAtClaims: [expect.any(String)] } });
  });

  it("leave out a member that has no value", () => {
    expect(readClaims({ plan: undefined, seats: 1 })).toMatchObject({ ok: true, text: '{"seats":1}' });
  });

  it("that are accepted survive to the token as they are, and none of the engine's own is lost", async () => {
    const server = await openActor(gate, "server");
    const plain = await server.issue(await server.ticket());
    const own = Object.keys(decodeJwt(String(plain.data?.jwtAccessToken)));
    const accepted = fc
      .dictionary(fc.string({ unit: "binary", maxLength: 12 }), fc.jsonValue({ maxDepth: 5 }), { maxKeys: 6 })
      .map((claims) => ({ ...claims }))
      .filter((claims) => readClaims(claims).ok);
    await fc.assert(
      fc.asyncProperty(accepted, fc.boolean(), async (claims, asText) => {
        const jwtAtClaims = asText ? JSON.stringify(claims) : claims;
        const { data } = await server.issue(await server.ticket(), { jwtAtClaims });
        const payload = decodeJwt(String(data?.jwtAccessToken));
        const added = Object.fromEntries(Object.entries(payload).filter(([name]) => !own.includes(name)));
        expect(added).toEqual(claims);
        expect(payload.sub).toBe(server.subject);
      }),
      { numRuns: 100 },
    );
  });

  it("are read without a fault, whatever the text", () => {
    const json = fc.json().map((text) => text.replace("1", "]"));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), json), (text) => {
        const read = readClaims(text);
        if (read.ok) expect(JSON.parse(read.text)).toEqual(JSON.parse(text));
        else expect(read.fields.jwtAtClaims?.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});
