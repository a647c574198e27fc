import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { clientSchema } from "../../../../src/server/authlete/client.ts";
import { listedValues } from "../../../../src/server/authlete/enumerations.ts";
import { readOnlyMembers } from "../../../../src/server/engine/client/client-settings.ts";
import { openTestEngine, type TestEngine } from "../../../support/engine.ts";
import { jwkSet, makeKeys } from "../../../support/jwt.ts";
import { expectNothingChanged, wrong } from "../../../support/refused-call.ts";

let test: TestEngine;
let clientId: string;
let keys: Awaited<ReturnType<typeof makeKeys>>;
beforeAll(async () => {
  test = await openTestEngine();
  keys = await makeKeys();
  clientId = String((await test.engine["client/create"]({ clientName: "Shop" })).clientId);
});
afterAll(() => test.close());

const writes = {
  create: (settings: object) => test.engine["client/create"](settings),
  update: (settings: object) => test.engine["client/update"]({ ...settings, clientId } as never),
};

/** Members whose values are those of an enumeration, with a value of theirs that is none of it. */
const enumerated = Object.entries(clientSchema.shape).flatMap(([member, schema]): [string, unknown][] => {
  if ((readOnlyMembers as readonly string[]).includes(member)) return [];
  const inner: z.core.$ZodType = schema.unwrap();
  if (listedValues(inner)) return [[member, "UNLISTED"]];
  return inner instanceof z.ZodArray && listedValues(inner.element) ? [[member, ["UNLISTED"]]] : [];
});

describe.each(Object.entries(writes))("%s refuses by its name", (_, write) => {
  const refuses = (settings: object, member: string) =>
    expectNothingChanged(test, () => write(settings), wrong(member));

  it.each(enumerated)("%s with a value that its enumeration does not have", async (member, value) => {
    await refuses({ [member]: value }, member);
  });

  it.each([
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    "https://shop.example/#fragment",
    "https://shop.example/ space",
    "https://shop.example/\n",
    "https://",
    "/callback",
    "shop.example",
    "https:// shop.example",
    "",
    "ü:/callback",
  ])("the redirect URI %j", async (uri) => {
    await refuses({ redirectUris: ["https://shop.example/", uri] }, "redirectUris");
  });

  it.each([
    "http://shop.example/r",
    "https://shop.example/r ",
    "https://shop.example/\n",
    "https://a:b@shop.example/r",
    "https://shop.example/ü",
    "urn:example:r",
    "/r",
    "",
    `https://shop.example/${"r".repeat(492)}`,
  ])("the address %j of request objects", async (uri) => {
    await refuses({ requestUris: ["https://shop.example/r", uri] }, "requestUris");
    const requestUris = ["https://shop.example/r?a=1#hash", `https://shop.example/${"r".repeat(491)}`];
    await expect(write({ requestUris })).resolves.toMatchObject({ requestUris });
  });

  it("more than 100 addresses of request objects", async () => {
    const addresses = (count: number) =>
      Array.from({ length: count }, (_, at) => `https://shop.example/${at}`);
    await refuses({ requestUris: addresses(101) }, "requestUris");
    await expect(write({ requestUris: addresses(100) })).resolves.toMatchObject({
      requestUris: addresses(100),
    });
  });

  it.each(["clientUri", "logoUri", "policyUri", "tosUri", "loginUri"])(
    "%s that a browser would run",
    async (member) => {
      for (const uri of ["javascript:alert(1)", "data:,x", "no uri"])
        await refuses({ [member]: uri }, member);
      await expect(write({ [member]: "https://shop.example/x" })).resolves.toMatchObject({
        clientId: expect.any(Number),
      });
      const members = `${member}s`;
      if (member === "loginUri") return;
      await refuses({ [members]: [{ tag: "ja", value: "javascript:alert(1)" }] }, members);
      await refuses({ [members]: [{ tag: "ja" }] }, members);
    },
  );

  it.each([
    ["no JSON", "x"],
    ["no set", "{}"],
    ["no keys", '{"keys":[]}'],
    ["something else in place of keys", '{"keys":[1,null,"x"]}'],
    ["a list", "[]"],
  ])("jwks with %s", async (_what, jwks) => {
    await refuses({ jwks }, "jwks");
  });

  it("jwks with a private or a secret key", async () => {
    await refuses({ jwks: jwkSet(keys.jwk, keys.privateJwk) }, "jwks");
    await refuses({ jwks: jwkSet({ kty: "oct", k: "c2VjcmV0" }) }, "jwks");
    await expect(write({ jwks: jwkSet(keys.jwk) })).resolves.toMatchObject({ jwks: jwkSet(keys.jwk) });
  });

  it("jwksUri beside jwks, and one that is no web address", async () => {
    const jwksUri = "https://shop.example/jwks";
    await refuses({ jwks: jwkSet(keys.jwk), jwksUri }, "jwksUri");
    for (const uri of ["file:///etc/passwd", "x", "data:,{}"]) await refuses({ jwksUri: uri }, "jwksUri");
    await expect(write({ jwksUri })).resolves.toMatchObject({ jwksUri });
  });

  it.each([
    ["sectorIdentifierUri", "http://sector.example/"],
    ["customMetadata", "[]"],
    ["customMetadata", "x"],
    ["defaultMaxAge", -1],
    ["defaultMaxAge", 2 ** 31],
    ["extension", { accessTokenDuration: -1 }],
    ["extension", { idTokenDuration: 2 ** 31 }],
    ["idTokenEncryptionEnc", "A256GCM"],
    ["userInfoEncryptionEnc", "A256GCM"],
    ["authorizationEncryptionEnc", "A256GCM"],
    ["requestEncryptionEnc", "A256GCM"],
    ["clientIdAlias", "a".repeat(101)],
    ["clientIdAlias", "\u0000"],
    ["clientIdAlias", "\ud800"],
    ["developer", "\n"],
    ["developer", "d".repeat(101)],
    ["clientName", 7],
    ["redirectUris", "https://shop.example/"],
    ["redirectUris", [null]],
    ["pkceRequired", "true"],
    ["defaultMaxAge", 1.5],
    ["clientNames", [{ tag: 7 }]],
    ["clientNames", [null]],
    ["extension", []],
    ["attributes", {}],
  ])("%s = %j", async (member, value) => {
    await refuses({ [member]: value }, member);
  });

  it("a client that is called back, but does not say where", async () => {
    for (const bcDeliveryMode of ["PING", "PUSH"]) {
      await refuses({ bcDeliveryMode }, "bcNotificationEndpoint");
      const bcNotificationEndpoint = "http://shop.example/ciba";
      await refuses({ bcDeliveryMode, bcNotificationEndpoint }, "bcNotificationEndpoint");
    }
    await expect(write({ bcDeliveryMode: "POLL" })).resolves.toMatchObject({ bcDeliveryMode: "POLL" });
  });

  it.each([
    "https://shop.example/callback?a=b",
    "http://localhost:3000/",
    "http://[::1]/",
    "com.example.shop:/callback",
    "com.example.shop:callback",
  ])("and takes the redirect URI %s", async (uri) => {
    await expect(write({ redirectUris: [uri] })).resolves.toMatchObject({ redirectUris: [uri] });
  });
});
