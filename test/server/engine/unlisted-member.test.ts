import { describe, expect, it } from "vitest";
import { z } from "zod";
import { clientSchema } from "../../../src/server/authlete/client.ts";
import { openEnum } from "../../../src/server/authlete/enumerations.ts";
import { serviceSchema } from "../../../src/server/authlete/service.ts";
import { unlistedMember } from "../../../src/server/engine/unlisted-member.ts";

const color = z.enum(["RED", "GREEN"]);
const schema = z.looseObject({
  text: z.string().optional(),
  one: openEnum(color).optional(),
  closed: color.optional(),
  many: z.array(openEnum(color)).optional(),
  deep: z
    .looseObject({ inner: z.array(z.looseObject({ one: openEnum(color).optional() })).optional() })
    .optional(),
});

describe("the first member that is not listed", () => {
  it.each([
    [{}],
    [{ text: "BLUE", unknown: "BLUE" }],
    [{ one: "RED", closed: "GREEN", many: ["RED", "GREEN", "RED"] }],
    [{ many: [], deep: {} }],
    [{ deep: { inner: [{}, { one: "RED", other: "BLUE" }] } }],
  ])("is none in %j", (value) => {
    expect(unlistedMember(schema, value)).toBeUndefined();
  });

  it.each([
    [{ one: "BLUE" }, "one"],
    [{ one: "red" }, "one"],
    [{ one: "" }, "one"],
    [{ closed: "BLUE" }, "closed"],
    [{ many: ["RED", "BLUE"] }, "many"],
    [{ many: "RED" }, "many"],
    [{ deep: { inner: [{ one: "RED" }, { one: "BLUE" }] } }, "deep"],
    [{ deep: { inner: [{ one: "BLUE" }] }, one: "BLUE" }, "one"],
  ])("is in %j the member %s", (value, member) => {
    expect(unlistedMember(schema, value)).toBe(member);
  });

  it("is looked for in clients and services, in lists too", () => {
    expect(unlistedMember(clientSchema, { tokenAuthMethod: "SPIFFE_JWT" })).toBe("tokenAuthMethod");
    expect(unlistedMember(clientSchema, { fapiModes: ["FAPI2_SECURITY"] })).toBeUndefined();
    expect(unlistedMember(serviceSchema, { supportedTokenAuthMethods: ["SPIFFE_JWT"] })).toBe(
      "supportedTokenAuthMethods",
    );
    expect(
      unlistedMember(serviceSchema, { snsCredentials: [{ sns: "X" }], supportedGrantTypes: ["CIBA"] }),
    ).toBeUndefined();
  });
});
