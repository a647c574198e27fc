import { afterEach, beforeEach, expect, it } from "vitest";
import { onceForService } from "../../../src/server/engine/once-for-service.ts";
import { openTestEngine, type TestEngine } from "../../support/engine.ts";

let test: TestEngine;

beforeEach(async () => {
  test = await openTestEngine();
});

afterEach(() => test.close());

it("makes something once of each service, and nobody can change it at any depth", () => {
  const service = { issuer: "https://as.example" };
  const make = onceForService(({ issuer }) => ({ list: [{ issuer }] }));

  const made = make(service);

  expect(made).toEqual({ list: [{ issuer: "https://as.example" }] });
  expect(make(service)).toBe(made);
  expect(make({ ...service })).not.toBe(made);
  expect([made, made.list, made.list[0]].every(Object.isFrozen)).toBe(true);
});

it("a change of the service is in its discovery document and its JWK Set at once", async () => {
  const { engine } = test;
  const before = await engine["service/configuration"]({});
  const keys = await engine["service/jwks/get"]({});
  await test.setService({ issuer: "https://other.example", jwks: '{"keys":[]}' });

  expect(before.issuer).not.toBe("https://other.example");
  expect((await engine["service/configuration"]({})).issuer).toBe("https://other.example");
  expect(keys.keys).not.toEqual([]);
  expect((await engine["service/jwks/get"]({})).keys).toEqual([]);
});

it("a patch changes its own answer alone", async () => {
  const { engine } = test;
  const patch = '[{"op":"replace","path":"/issuer","value":"https://patched.example"}]';

  expect((await engine["service/configuration"]({ patch })).issuer).toBe("https://patched.example");
  expect((await engine["service/configuration"]({})).issuer).not.toBe("https://patched.example");
});
