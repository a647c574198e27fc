import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestEngine, type TestEngine } from "../../../support/engine.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const read = (request = {}) => test.engine["service/configuration"](request);

describe("a patch of the discovery document", () => {
  const patched = (...operations: object[]) => read({ patch: JSON.stringify(operations) });

  it("changes the document that is given, and no other", async () => {
    const document = await read();
    const answer = await patched(
      { op: "replace", path: "/issuer", value: "https://other.example" },
      { op: "add", path: "/scopes_supported/-", value: "own" },
      { op: "remove", path: "/jwks_uri" },
      { op: "add", path: "/own", value: { nested: [1, true, "x"] } },
    );
    const { jwks_uri: _, ...rest } = document;
    expect(answer).toEqual({
      ...rest,
      issuer: "https://other.example",
      scopes_supported: [...(document.scopes_supported as string[]), "own"],
      own: { nested: [1, true, "x"] },
    });
    expect(await read()).toEqual(document);
  });

  it("has no effect when it is empty", async () => {
    const document = await read();
    for (const patch of ["", null, undefined, "[]", 7]) expect(await read({ patch })).toEqual(document);
  });

  it("never makes members that are null", async () => {
    expect(await patched({ op: "add", path: "/own", value: { a: null, b: 1 } })).toMatchObject({
      own: { b: 1 },
    });
    expect(await patched({ op: "replace", path: "/issuer", value: null })).not.toHaveProperty("issuer");
  });

  it.each([
    ["is no JSON", "x"],
    ["is no list", "{}"],
    ["does not fit", '[{"op":"remove","path":"/nothing"}]'],
    ["leaves no object", '[{"op":"replace","path":"","value":[]}]'],
    ["tests in vain", '[{"op":"test","path":"/issuer","value":"x"}]'],
    ["is nested without end", `[{"op":"add","path":"/a","value":${"[".repeat(5000)}${"]".repeat(5000)}}]`],
  ])("is refused when it %s", async (_what, patch) => {
    await expect(read({ patch })).rejects.toMatchObject({
      status: 400,
      resultCode: "A126202",
      member: "patch",
    });
  });
});
