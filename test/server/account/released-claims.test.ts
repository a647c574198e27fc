import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standardClaims } from "../../../src/server/account/claims.ts";
import { demoAccount } from "../../../src/server/account/demo-account.ts";
import { releasedClaims } from "../../../src/server/account/released-claims.ts";
import { account } from "../../contract/store/records.ts";

const demo = standardClaims(account(demoAccount as Partial<ReturnType<typeof account>>));
const scopes = ["profile", "email", "address", "phone"];

describe("the claims that a client gets", () => {
  it.each([
    [
      "profile",
      "birthdate family_name gender given_name locale middle_name name nickname picture preferred_username profile updated_at website zoneinfo",
    ],
    ["email", "email email_verified"],
    ["address", "address"],
    ["phone", "phone_number phone_number_verified"],
    ["openid", ""],
    ["offline_access", ""],
    ["constructor", ""],
  ])("are those of the scope %s (OIDC Core 5.4)", (scope, names) => {
    const released = Object.keys(releasedClaims(demo, { scopes: [scope] })).toSorted();
    expect(released.join(" ")).toBe(names);
  });

  it("are those that the claims parameter names, and no others (OIDC Core 5.5)", () => {
    const names = ["email", "nickname", "no_such_claim", "__proto__", "toString"];
    expect(releasedClaims(demo, { scopes: ["openid"], names })).toEqual({
      email: "demo@example.com",
      nickname: "Demi",
    });
  });

  it("never hold sub, whoever asks for it and whatever the directory says", () => {
    const claims = { ...demo, sub: "usr_somebody" };
    expect(releasedClaims(claims, { scopes: ["openid", ...scopes], names: ["sub"] })).not.toHaveProperty(
      "sub",
    );
  });

  it.each([null, undefined, "", {}, [], [""], { formatted: "" }, { formatted: null, country: undefined }])(
    "leave out a claim that says nothing: %j (OIDC Core 5.3.2)",
    (value) => {
      expect(releasedClaims({ address: value }, { scopes: ["address"] })).toEqual({});
    },
  );

  it("keep a claim that is false or 0, and what an address has", () => {
    const claims = { email: "a@example.com", email_verified: false, address: { region: "", country: "FR" } };
    expect(releasedClaims({ ...claims, updated_at: 0 }, { scopes })).toEqual({
      email: "a@example.com",
      email_verified: false,
      address: { country: "FR" },
      updated_at: 0,
    });
  });

  it("are none of nobody", () => {
    expect(releasedClaims(undefined, { scopes, names: ["email"] })).toEqual({});
  });

  it("are never more than was asked for", () => {
    const asked = fc.record({
      scopes: fc.subarray([...scopes, "openid"]),
      names: fc.array(fc.oneof(fc.constantFrom("sub", "email", "address", "__proto__"), fc.string())),
    });
    fc.assert(
      fc.property(asked, fc.dictionary(fc.string(), fc.jsonValue()), (request, more) => {
        const claims = { ...demo, ...more };
        const allowed = new Set([
          ...request.names,
          ...request.scopes.flatMap((scope) => Object.keys(releasedClaims(claims, { scopes: [scope] }))),
        ]);
        for (const name of Object.keys(releasedClaims(claims, request))) {
          expect(allowed.has(name)).toBe(true);
          expect(name).not.toBe("sub");
        }
      }),
    );
  });
});
