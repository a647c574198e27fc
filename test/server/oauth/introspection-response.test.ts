import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ActiveToken, activeToken } from "../../../src/server/oauth/introspection-response.ts";

const token: ActiveToken = {
  issuer: "https://gate.example",
  tokenType: "Bearer",
  clientId: "2001",
  subject: "alice",
  scopes: ["a", "b"],
  audience: undefined,
  expiresAt: 1_800_000_000_999,
  acr: undefined,
  authTime: undefined,
  properties: [],
};

const standard = {
  active: true,
  scope: "a b",
  client_id: "2001",
  sub: "alice",
  iss: "https://gate.example",
  exp: 1_800_000_000,
  token_type: "Bearer",
};

describe("activeToken", () => {
  it("says exactly what is known, times in whole seconds", () => {
    expect(JSON.parse(activeToken(token))).toEqual(standard);
  });

  it("leaves out what is not known: a client's own token has no subject", () => {
    const text = activeToken({ ...token, subject: undefined, scopes: [], audience: [] });
    const { sub: _, scope: __, ...rest } = standard;
    expect(JSON.parse(text)).toEqual(rest);
  });

  it("adds properties as members of their own", () => {
    const properties = [{ key: "tenant", value: "north" }];
    expect(JSON.parse(activeToken({ ...token, properties }))).toEqual({ ...standard, tenant: "north" });
  });

  it.each([
    "active",
    "sub",
    "scope",
    "client_id",
    "iss",
    "exp",
    "username",
    "aud",
    "cnf",
    "jti",
    "nbf",
    "act",
  ])("never lets a property stand in for %s, whether the token has it or not", (key) => {
    expect(JSON.parse(activeToken({ ...token, properties: [{ key, value: "forged" }] }))).toEqual(standard);
  });

  it("carries any property through, the names of JavaScript included", async () => {
    const names = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "toString"));
    const property = fc.property(fc.dictionary(names, fc.string()), (given) => {
      const properties = Object.entries(given).map(([key, value]) => ({ key, value }));
      const members = Object.entries(JSON.parse(activeToken({ ...token, properties })));
      expect(members).toEqual(expect.arrayContaining(Object.entries(standard)));
      for (const { key, value } of properties.filter(({ key }) => !Object.hasOwn(standard, key))) {
        expect(members).toContainEqual([key, value]);
      }
    });
    await fc.assert(property);
  });
});
