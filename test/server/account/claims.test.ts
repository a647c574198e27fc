import { describe, expect, it } from "vitest";
import { profileClaimsSchema, standardClaims } from "../../../src/server/account/claims.ts";
import { demoAccount } from "../../../src/server/account/demo-account.ts";
import { account } from "../../contract/store/records.ts";

describe("what an account claims", () => {
  it("is every standard claim in its JSON type, without sub (OIDC Core 5.1)", () => {
    const claims = standardClaims(account({ updatedAt: 1_800_000_000_999 }));
    expect(claims).toEqual({
      name: "Zoë Brown",
      preferred_username: "Zoë",
      given_name: "Zoë",
      email: "Zoe.Brown@example.com",
      email_verified: true,
      phone_number_verified: false,
      address: { country: "FR" },
      updated_at: 1_800_000_000,
    });
    expect(profileClaimsSchema.parse(demoAccount.claims)).toEqual(demoAccount.claims);
  });

  it("says nothing of an address that is not there, and of a time that is not known", () => {
    const claims = standardClaims(account({ email: undefined, emailVerified: true, updatedAt: 0 }));
    expect(Object.keys(claims)).not.toEqual(expect.arrayContaining(["email"]));
    expect(claims).not.toHaveProperty("email_verified");
    expect(claims).not.toHaveProperty("updated_at");
  });

  it.each([
    ["birthdate", "1990-02-30", "1990-02-28"],
    ["birthdate", "0000-13-01", "0000-02-29"],
    ["birthdate", "31.12.1990", "1990"],
    ["zoneinfo", "Europe/Atlantis", "Asia/Tokyo"],
    ["zoneinfo", "+09:00", "UTC"],
    ["locale", "not a locale", "ja-JP"],
    ["phone_number", "03 1234 5678", "+81312345678"],
    ["phone_number", "+81312345678;ext=", "+81312345678;ext=12"],
    ["phone_number_verified", "true", true],
    ["picture", "javascript:alert(1)", "https://example.com/a.png"],
    ["website", "example.com", "http://example.com/"],
    ["given_name", "Zo\u202eë", "Zoë"],
    ["given_name", " ", "Z"],
    ["address", { town: "Paris" }, { locality: "Paris" }],
    ["address", { formatted: "a\u0000b" }, { formatted: "a\r\nb\nc" }],
    ["name", "Zoë", undefined],
    ["sub", "usr_1", undefined],
  ])("refuses %s %j, and takes %j", (name, refused, taken) => {
    expect(profileClaimsSchema.safeParse({ [name]: refused }).success).toBe(false);
    const good = taken === undefined ? {} : { [name]: taken };
    expect(profileClaimsSchema.safeParse(good)).toEqual({ success: true, data: good });
  });
});
