import fc from "fast-check";
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { listedValues } from "../../../../src/server/authlete/enumerations.ts";
import { type Service, serviceSchema } from "../../../../src/server/authlete/service.ts";
import { generateSignatureKey } from "../../../../src/server/engine/keys.ts";
import { readOnlyMembers } from "../../../../src/server/engine/service/service-settings.ts";
import {
  ISSUER,
  issuedTokens,
  jwtParts,
  openTestEngine,
  SERVICE_ID,
  type TestEngine,
} from "../../../support/engine.ts";
import { expectNothingChanged, wrong } from "../../../support/refused-call.ts";
import { sampleMembers } from "../../../support/sample.ts";

const FAST_CHECK_RUNS = 100;
const EVERY_NUMBER = 2 ** 31 - 1;

let test: TestEngine;
let before: Service;
beforeEach(async () => {
  test = await openTestEngine();
  before = await stored();
});
afterEach(() => test.close());

const stored = () => test.engine["service/get"]({});
const update = (settings: object) => test.engine["service/update"](settings as Service);
const refuses = (settings: object, member: string) =>
  expectNothingChanged(test, () => update({ ...before, ...settings }), wrong(member));

const URI = "https://elsewhere.example:8443/a%20b/~c?d=e&f=g#h";

/** Members that are addresses, by their names. */
const addressed = Object.keys(serviceSchema.shape).filter((name) =>
  /(?:Endpoint|Uri|UriComplete|Documentation)$/.test(name),
);
const addresses = Object.fromEntries(addressed.map((name) => [name, URI]));

/** Members whose values are those of an enumeration, each with one of its values. */
const enumerated = Object.entries(serviceSchema.shape).flatMap(([member, schema]): [string, unknown][] => {
  const inner: z.core.$ZodType = schema.unwrap();
  const isList = inner instanceof z.ZodArray;
  const value = listedValues(isList ? inner.element : inner)?.[0];
  return value === undefined ? [] : [[member, isList ? [value] : value]];
});

const readOnly: readonly string[] = readOnlyMembers;
const kept = (service: Service) =>
  Object.fromEntries(Object.entries(service).filter(([name]) => readOnly.includes(name)));

describe("an update of the service", () => {
  it("replaces all settings: what is left out is reset, and what the engine sets stays", async () => {
    await test.setService({ apiSecret: "secret", createdAt: 1, serviceOwnerNumber: 2 });
    before = await stored();
    test.clock.advance(1000);
    const updated = await update({ serviceName: "Other" });
    expect(updated).toEqual({ serviceName: "Other", ...kept(before), modifiedAt: test.clock() });
    expect(kept(before)).toMatchObject({ number: 1001, apiKey: 1001, apiSecret: "secret", createdAt: 1 });
    expect(await stored()).toEqual(updated);
  });

  it("of everything that was read changes nothing but the time", async () => {
    test.clock.advance(1000);
    expect(await update(before)).toEqual({ ...before, modifiedAt: test.clock() });
  });

  it("keeps every setting that it names", async () => {
    const settings = {
      ...sampleMembers(serviceSchema),
      ...addresses,
      ...Object.fromEntries(enumerated),
      issuer: ISSUER,
      jwks: before.jwks,
      accessTokenSignAlg: "ES256",
      supportedScopes: [{ name: "profile", defaultEntry: true, description: "x" }],
      supportedCustomClientMetadata: ["own_member"],
      mtlsEndpointAliases: [{ name: "token_endpoint", uri: URI }],
      credentialIssuerMetadata: { credentialIssuer: ISSUER, credentialEndpoint: URI },
    };
    const updated = await update(settings);
    const expected = Object.entries(settings).filter(([name]) => !readOnly.includes(name));
    expect(updated).toEqual({ ...Object.fromEntries(expected), ...kept(before), modifiedAt: test.clock() });
    expect(await stored()).toEqual(updated);
  });

  it("takes nothing that is null, empty or unknown, at any depth", async () => {
    const updated = await update({
      issuer: ISSUER,
      tokenEndpoint: "",
      policyUri: null,
      novelty: 7,
      mtlsEndpointAliases: [{ name: "token_endpoint", uri: null, novelty: 7 }],
    });
    expect(updated).toEqual({
      issuer: ISSUER,
      mtlsEndpointAliases: [{ name: "token_endpoint" }],
      ...kept(before),
      modifiedAt: test.clock(),
    });
  });

  it.each(readOnlyMembers.filter((name) => name !== "modifiedAt"))("cannot set %s", async (name) => {
    const value = name === "hsks" ? [{ kid: "x" }] : name === "apiSecret" ? "mine" : 7;
    for (const attempt of [value, null, undefined]) {
      const updated = await update({ ...before, [name]: attempt });
      expect(updated[name]).toEqual(before[name]);
    }
  });

  it("holds for the next call of everybody", async () => {
    const scopesOf = async () => (await issuedTokens(test.engine)).scopes;
    expect(await scopesOf()).toEqual(["openid", "profile"]);
    await update({ ...before, supportedScopes: [{ name: "profile" }], accessTokenDuration: 7 });
    const answer = await issuedTokens(test.engine, { parameters: { scope: "openid profile" } });
    expect(answer).toMatchObject({ scopes: ["profile"], accessTokenDuration: 7 });
  });

  it("leaves one of many that come at once", async () => {
    const names = Array.from({ length: 32 }, (_, index) => `Service ${index}`);
    await Promise.all(names.map((serviceName) => update({ ...before, serviceName })));
    const after = await stored();
    expect(names).toContain(after.serviceName);
    expect(after).toEqual({ ...before, serviceName: after.serviceName, modifiedAt: test.clock() });
  });
});

describe("new keys", () => {
  const withKeys = async (kid: string) => {
    const key = { ...(await generateSignatureKey("ES256")), kid };
    return JSON.stringify({ keys: [key] });
  };

  it("sign and are published at once, and the old ones are gone", async () => {
    await update({ ...before, accessTokenSignAlg: "ES256" });
    const old = (await issuedTokens(test.engine)).jwtAccessToken as string;
    await update({ ...before, accessTokenSignAlg: "ES256", jwks: await withKeys("new") });
    const jwt = (await issuedTokens(test.engine)).jwtAccessToken as string;
    expect(jwtParts(jwt).header).toMatchObject({ kid: "new" });
    const set = (await test.engine["service/jwks/get"]({})) as unknown as JSONWebKeySet;
    expect(set.keys.map(({ kid }) => kid)).toEqual(["new"]);
    const options = { issuer: ISSUER, currentDate: new Date(test.clock()) };
    await jwtVerify(jwt, createLocalJWKSet(set), options);
    await expect(jwtVerify(old, createLocalJWKSet(set), options)).rejects.toThrow();
    const configuration = await test.engine["service/configuration"]({});
    expect(configuration).toMatchObject({
      id_token_signing_alg_values_supported: ["HS256", "HS384", "HS512", "ES256"],
    });
  });

  it("that are left out are none, and nothing is signed any more", async () => {
    await update({ ...before, accessTokenSignAlg: "ES256", jwks: undefined });
    expect(await test.engine["service/jwks/get"]({ includePrivateKeys: true })).toEqual({ keys: [] });
    await expect(issuedTokens(test.engine)).rejects.toThrow("nothing issued");
  });

  it("are never published with what is private, nor are secret keys", async () => {
    const { keys } = JSON.parse(before.jwks as string) as { keys: Record<string, unknown>[] };
    const secret = { kty: "oct", kid: "shared", k: "c2VjcmV0" };
    await update({ ...before, jwks: JSON.stringify({ keys: [...keys, secret] }) });
    const published = await test.engine["service/jwks/get"]({});
    expect(published.keys).toHaveLength(4);
    const names = new Set((published.keys ?? []).flatMap((key) => Object.keys(key)));
    for (const name of ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]) expect(names).not.toContain(name);
    const everything = await test.engine["service/jwks/get"]({ includePrivateKeys: true });
    expect(everything.keys).toEqual([...keys, secret]);
  });
});

const numbers = Object.entries(serviceSchema.shape)
  .filter(([name, schema]) => schema.unwrap() instanceof z.ZodNumber && !readOnly.includes(name))
  .map(([name]) => name);

describe("an update is refused by the name of the member", () => {
  it.each(enumerated)("%s with a value that its enumeration does not have", async (member, listed) => {
    expect(enumerated.length).toBeGreaterThan(15);
    await refuses({ [member]: Array.isArray(listed) ? [...listed, "UNLISTED"] : "UNLISTED" }, member);
  });

  it.each(numbers)("%s that is negative, broken, or too large", async (member) => {
    for (const number of [-1, EVERY_NUMBER + 1, 1.5, "7", true]) await refuses({ [member]: number }, member);
    const largest = member === "userCodeLength" ? 255 : EVERY_NUMBER;
    for (const number of [0, largest]) expect(await update({ ...before, [member]: number })).toBeDefined();
  });

  it.each([...addressed, "issuer"])("%s that is no address of the web", async (member) => {
    expect(addressed).toHaveLength(24);
    const texts = [
      "as.example",
      "/token",
      "//as.example/token",
      "javascript:alert(1)",
      "ftp://as.example/",
      "https://as.example/ü",
      "https://as.example/a b",
      "https://as.example/\n",
      "https://as.example/\u0000",
      "https://as.example/\ud800",
      "https://as.example/<b>",
      "https://as.example/%2",
      "https://as.example:x/",
      "https://",
      " https://as.example/",
    ];
    for (const text of texts) await refuses({ [member]: text }, member);
    const uri = member === "issuer" ? "https://other.example/x" : URI;
    expect(await update({ ...before, [member]: uri })).toMatchObject({ [member]: uri });
  });

  it.each([
    ["mtlsEndpointAliases", [{ name: "token_endpoint", uri: "javascript:x" }]],
    ["credentialIssuerMetadata", { credentialEndpoint: "no address" }],
    ["credentialIssuerMetadata", { batchCredentialEndpoint: "no address" }],
    ["credentialIssuerMetadata", { deferredCredentialEndpoint: "no address" }],
    ["issuer", "https://as.example/ü"],
    ["issuer", "https://as.example/\u0000"],
    ["issuer", " https://as.example"],
    ["issuer", "https://as.example?"],
    ["issuer", "https://as.example#"],
    ["issuer", "//as.example"],
    ["issuer", 7],
    ["jwks", "x"],
    ["jwks", "{}"],
    ["jwks", '{"keys":{}}'],
    ["jwks", '{"keys":[]}'],
    ["jwks", '{"keys":[{}]}'],
    ["jwks", { keys: [] }],
    ["accessTokenSignAlg", "NONE"],
    ["accessTokenSignAlg", "HS256"],
    ["supportedScopes", [{}]],
    ["supportedScopes", [{ name: "" }]],
    ["supportedScopes", [{ name: "two words" }]],
    ["supportedScopes", [{ name: 'quo"te' }]],
    ["supportedScopes", [{ name: "back\\slash" }]],
    ["supportedScopes", [{ name: "ü" }]],
    ["supportedScopes", [{ name: "nul\u0000" }]],
    ["supportedScopes", [{ name: "twice" }, { name: "twice" }]],
    ["supportedScopes", ["profile"]],
    ["supportedScopes", { name: "profile" }],
    ["supportedCustomClientMetadata", ["client_name"]],
    ["supportedCustomClientMetadata", ["own", "client_secret"]],
    ["supportedCustomClientMetadata", ["client_name#ja"]],
    ["userCodeLength", 256],
    ["pkceRequired", "true"],
    ["supportedAcrs", "acr"],
    ["mtlsEndpointAliases", [{ name: 7 }]],
  ])("%s with %j", async (member, value) => {
    await refuses({ [member]: value }, member);
  });

  it.each([
    ["issuer", "http://localhost:3000"],
    ["issuer", "https://as.example/tenant/1"],
    ["supportedScopes", []],
    ["supportedScopes", [{ name: "https://api.example/read" }, { name: "a:b!#~" }]],
    ["supportedCustomClientMetadata", ["own", "own_2"]],
    ["accessTokenSignAlg", "PS512"],
  ])("but not %s with %j", async (member, value) => {
    expect(await update({ ...before, [member]: value })).toMatchObject({ [member]: value });
  });

  it("and refused as a whole when it is nested without end", async () => {
    let deep: object = {};
    for (let depth = 0; depth < 5000; depth += 1) deep = { deep };
    const refused = { status: 400, resultCode: "A126202" };
    await expectNothingChanged(test, () => update({ ...before, attributes: deep }), refused);
  });

  it("and whatever it says, the service can be read afterwards", async () => {
    const names = fc.constantFrom(...Object.keys(serviceSchema.shape));
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\u0000", "\ud800", "__proto__"));
    const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text), fc.jsonValue({ maxDepth: 2 }));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, value), async (settings) => {
        const outcome = await update({ ...settings }).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toMatchObject({ status: 400, resultCode: "A126202" });
        else expect(await stored()).toEqual(outcome);
        await test.store.upsertService(SERVICE_ID, before);
      }),
      { numRuns: FAST_CHECK_RUNS },
    );
  });
});
