import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GivenProperty, propertyErrors } from "../../../src/server/flow/property-rules.ts";
import { type Gate, openGate } from "../../support/gate.ts";
import { openActor } from "./actors.ts";

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterAll(() => gate.close());

const issues = () => gate.callsOf("auth/token/issue").length;

const RESERVED = [
  "access_token",
  "token_type",
  "expires_in",
  "refresh_token",
  "scope",
  "error",
  "error_description",
  "error_uri",
  "id_token",
];

/** One property that takes so many bytes as the engine stores them: blocks of 16 bytes, in base64url. */
function ofStoredBytes(bytes: number): GivenProperty[] {
  const encrypted = Math.floor((bytes * 3) / 4);
  const blocks = Math.floor(encrypted / 16);
  const overhead = '[["k",""]]'.length;
  return [{ key: "k", value: "x".repeat(blocks * 16 - 1 - overhead) }];
}

const refused: [string, GivenProperty[], string][] = [
  ...RESERVED.map((key): [string, GivenProperty[], string] => [
    `the reserved key ${key}`,
    [{ key, value: "x" }],
    `the key ${key} is reserved`,
  ]),
  ["a key that changes what an object is", [{ key: "__proto__" }], "the key __proto__ is not allowed"],
  [
    "a visible key that is a registered claim of a signed token",
    [{ key: "roles", value: "admin", hidden: false }],
    "the key roles is a registered claim",
  ],
  ["an empty key", [{ key: "", value: "x" }], "a key is empty"],
  [
    "a key twice",
    [
      { key: "plan", value: "a" },
      { key: "plan", value: "b" },
    ],
    "the key plan is given more than once",
  ],
  [
    "a key twice, once hidden",
    [{ key: "plan", hidden: false }, { key: "plan" }],
    "the key plan is given more than once",
  ],
  ["a control character in a key", [{ key: "a\u0000b" }], "control characters"],
  ["a line break in a key", [{ key: "a\nb" }], "control characters"],
  ["a key that turns the direction of text", [{ key: "a\u202eb" }], "direction of text"],
  ["half a character in a key", [{ key: "a\ud800" }], "a key holds"],
  ["more bytes than the engine takes", ofStoredBytes(65_560), "at most 65535"],
  ["many properties that are too big together", many(5_000), "at most 65535"],
];

function many(count: number): GivenProperty[] {
  return Array.from({ length: count }, (_, index) => ({ key: `key-${index}`, value: "value" }));
}

describe.each(["backend", "server"] as const)("properties given by a %s", (kind) => {
  it.each(refused)(
    "are refused, nothing is issued and the ticket stays good: %s",
    async (_, properties, reason) => {
      const actor = await openActor(gate, kind);
      const ticket = await actor.ticket();
      const before = issues();
      const { error } = await actor.issue(ticket, { properties });
      expect(error).toMatchObject({
        code: "BAD_REQUEST",
        fields: { properties: [expect.stringContaining(reason)] },
      });
      expect(issues()).toBe(before);
      expect((await actor.issue(ticket, { properties: [{ key: "plan" }] })).data?.action).toBe("OK");
    },
  );

  it("may fill the limit to the last block", async () => {
    const actor = await openActor(gate, kind);
    const properties = ofStoredBytes(65_535);
    expect(propertyErrors(properties)).toEqual({});
    const { data } = await actor.issue(await actor.ticket(), { properties });
    expect(data?.properties).toEqual([{ ...properties[0], hidden: true }]);
  });

  it("name everything that is wrong at once", async () => {
    const actor = await openActor(gate, kind);
    const properties = [{ key: "scope" }, { key: "error" }, { key: "" }, { key: "a" }, { key: "a" }];
    const { error } = await actor.issue(await actor.ticket(), { properties });
    expect(error?.fields?.properties).toHaveLength(4);
  });
});

describe("properties", () => {
  it("are hidden from the client application unless it is said that they are not", async () => {
    const server = await openActor(gate, "server");
    const properties = [
      { key: "internal", value: "1" },
      { key: "secretly", value: "2", hidden: true },
      { key: "openly", value: "3", hidden: false },
    ];
    const { data } = await server.issue(await server.ticket(), { properties });
    const body = JSON.parse(String(data?.responseContent));
    expect(body).toMatchObject({ openly: "3" });
    expect(Object.keys(body)).not.toContain("internal");
    expect(Object.keys(body)).not.toContain("secretly");
  });

  it("may have the name of a registered claim when nobody sees them", async () => {
    const server = await openActor(gate, "server");
    const properties = [{ key: "roles", value: "a note" }];
    expect((await server.issue(await server.ticket(), { properties })).data?.action).toBe("OK");
  });

  it("cannot take the place of a member of the token response, however they are written", async () => {
    const server = await openActor(gate, "server");
    const properties = [{ key: "Access_Token", value: "x", hidden: false }];
    const { data } = await server.issue(await server.ticket(), { properties });
    expect(JSON.parse(String(data?.responseContent)).access_token).toBe(data?.accessToken);
  });

  it("that are accepted survive from issue to introspection as they are", async () => {
    const server = await openActor(gate, "server");
    const property = fc.record(
      {
        key: fc.string({ unit: "binary", minLength: 1, maxLength: 30 }),
        value: fc.string({ unit: "binary", maxLength: 60 }),
        hidden: fc.boolean(),
      },
      { requiredKeys: ["key"] },
    );
    const accepted = fc
      .uniqueArray(property, { selector: ({ key }) => key, minLength: 1, maxLength: 8 })
      .map((properties) => properties.filter((one) => Object.keys(propertyErrors([one])).length === 0));
    await fc.assert(
      fc.asyncProperty(accepted, async (properties) => {
        const { data } = await server.issue(await server.ticket(), { properties });
        const told = await gate.server().token.introspect({ token: String(data?.accessToken) });
        const kept = properties.map(({ key, value, hidden = true }) => ({
          key,
          hidden,
          ...(value === undefined ? {} : { value }),
        }));
        expect(told.properties ?? []).toEqual(kept);
      }),
      { numRuns: 100 },
    );
  });

  it("are read without a fault, whatever they are", () => {
    const property = fc.record({
      key: fc.string({ unit: "binary" }),
      value: fc.option(fc.string(), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(property), (properties) => {
        for (const text of Object.values(propertyErrors(properties)).flat()) expect(text).not.toBe("");
      }),
    );
  });
});
