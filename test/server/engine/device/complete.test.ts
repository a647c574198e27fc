import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { basic, form, oauthError, type TestEngine } from "../../../support/engine.ts";
import { device, freshCodes, openDeviceEngine, storedGrant, yes } from "./device-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openDeviceEngine();
});
afterEach(() => test.close());

const complete = (request: Record<string, unknown>) => test.engine["device/complete"](request as never);

describe("device completion", () => {
  it("keeps all that the caller says of the user", async () => {
    const { deviceCode, userCode } = await freshCodes(test, {
      scope: "openid profile",
      resource: "https://api.example",
    });
    const answer = await complete({
      userCode,
      ...yes,
      sub: "pseudonym",
      authTime: 1_893_456_000,
      acr: "high",
      claims: '{"name":"Alice"}',
      properties: [{ key: "a", value: "1" }],
      consentedClaims: ["name"],
      idtHeaderParams: '{"x":1}',
      jwtAtClaims: '{ "y": 2 }',
      accessTokenDuration: 60,
      refreshTokenDuration: 120,
      idTokenAudType: "string",
    });
    expect(answer).toEqual({
      resultCode: "A241001",
      resultMessage: expect.stringMatching(/^\[A241001\] /),
      action: "SUCCESS",
    });
    expect((await storedGrant(test, deviceCode)).document.outcome).toEqual({
      result: "AUTHORIZED",
      grant: {
        tokenId: expect.stringMatching(/^[\w-]{30}$/),
        clientId: 3000,
        clientIdAliasUsed: false,
        subject: "alice",
        scopes: ["openid", "profile"],
        resources: ["https://api.example"],
        properties: [{ key: "a", value: "1", hidden: false }],
        jwtAtClaims: '{"y":2}',
        accessTokenDuration: 60,
        refreshTokenDuration: 120,
        acr: "high",
        authTime: 1_893_456_000,
        idToken: {
          sub: "pseudonym",
          claims: '{"name":"Alice"}',
          headerParameters: '{"x":1}',
          audienceType: "string",
        },
        claimNames: expect.arrayContaining(["name"]),
        consentedClaims: ["name"],
      },
    });
  });

  it("takes what counts as not given for what it is", async () => {
    const { deviceCode, userCode } = await freshCodes(test);
    const nothing = { sub: "", authTime: 0, acr: null, claims: "", properties: null, scopes: null };
    await complete({ userCode, ...yes, ...nothing, accessTokenDuration: 0, consentedClaims: null });
    const { outcome } = (await storedGrant(test, deviceCode)).document;
    expect(outcome).toMatchObject({ grant: { scopes: ["openid", "profile"], idToken: {} } });
    for (const name of ["acr", "authTime", "accessTokenDuration", "consentedClaims"]) {
      expect(outcome).not.toHaveProperty(`grant.${name}`);
    }
  });

  it.each([
    [
      ["profile", "email"],
      ["profile", "email"],
    ],
    [["openid", "unknown"], []],
    [[], []],
  ])("replaces the scopes %j", async (scopes, expected) => {
    const { deviceCode, userCode } = await freshCodes(test, { scope: "profile" });
    await complete({ userCode, ...yes, scopes });
    expect((await storedGrant(test, deviceCode)).document.outcome).toMatchObject({
      grant: { scopes: expected },
    });
  });

  it("gives no scope that the client may not have", async () => {
    const extension = { requestableScopesEnabled: true, requestableScopes: ["openid"] };
    await test.setClient(device.id, { extension });
    const { deviceCode, userCode } = await freshCodes(test);
    await complete({ userCode, ...yes, scopes: ["openid", "email"] });
    expect((await storedGrant(test, deviceCode)).document.outcome).toMatchObject({
      grant: { scopes: ["openid"] },
    });
  });

  it.each(["ACCESS_DENIED", "TRANSACTION_FAILED"] as const)("keeps %s and its texts", async (result) => {
    const { deviceCode, userCode } = await freshCodes(test);
    const texts = { errorDescription: "No.", errorUri: "https://as.example/no" };
    expect(await complete({ userCode, result, ...texts })).toMatchObject({ action: "SUCCESS" });
    expect((await storedGrant(test, deviceCode)).document.outcome).toEqual({ result, ...texts });
  });

  it("decides once", async () => {
    const { deviceCode, userCode } = await freshCodes(test);
    expect(await complete({ userCode, ...yes })).toMatchObject({ action: "SUCCESS" });
    const before = await storedGrant(test, deviceCode);
    for (const again of [yes, { result: "ACCESS_DENIED" }]) {
      const answer = await complete({ userCode, ...again });
      expect(answer).toMatchObject({ action: "INVALID_REQUEST", resultCode: "A239203" });
    }
    expect(await storedGrant(test, deviceCode)).toEqual(before);
  });

  it("is what the device gets when it asks", async () => {
    const redeem = (deviceCode: string) =>
      test.engine["auth/token"]({
        parameters: form({
          grant_type: "urn:ietf:params:oauth:grant-type:device_code",
          device_code: deviceCode,
        }),
        ...basic(device),
      });
    const { deviceCode, userCode } = await freshCodes(test);
    expect(oauthError(await redeem(deviceCode)).error).toBe("authorization_pending");
    await complete({ userCode, ...yes, properties: [{ key: "tenant", value: "north" }] });
    expect(await redeem(deviceCode)).toMatchObject({
      action: "OK",
      subject: "alice",
      scopes: ["openid", "profile"],
      properties: [{ key: "tenant", value: "north", hidden: false }],
      idToken: expect.any(String),
    });
    expect(oauthError(await redeem(deviceCode)).error).toBe("invalid_grant");
    const denied = await freshCodes(test);
    await complete({ userCode: denied.userCode, result: "ACCESS_DENIED", errorDescription: "No." });
    expect(oauthError(await redeem(denied.deviceCode))).toMatchObject({
      error: "access_denied",
      error_description: "No.",
    });
  });

  it("decides upon the code it was given and no other", async () => {
    const first = await freshCodes(test);
    const second = await freshCodes(test);
    await complete({ userCode: first.userCode, ...yes });
    expect((await storedGrant(test, second.deviceCode)).document).not.toHaveProperty("outcome");
  });
});

describe("device completion refuses", () => {
  const cases: [string, string, Record<string, unknown>][] = [
    ["no result", "A228201", { result: undefined }],
    ["an unknown result", "A228201", { result: "MAYBE" }],
    ["a result of another type", "A228201", { result: 1 }],
    ["no subject", "A230201", { subject: undefined }],
    ["an empty subject", "A230201", { subject: "" }],
    ["a subject of 101 characters", "A230202", { subject: "a".repeat(101) }],
    ["a subject that is not ASCII", "A230203", { subject: "älice" }],
    ["a long sub", "A231201", { sub: "a".repeat(101) }],
    ["a sub that is not ASCII", "A231202", { sub: "ä" }],
    ["a time before the epoch", "A232201", { authTime: -1 }],
    ["a long acr", "A233201", { acr: "a".repeat(201) }],
    ["an acr that is not ASCII", "A233202", { acr: "ä" }],
    ["claims that are a list", "A234201", { claims: "[]" }],
    ["claims that are no JSON", "A234201", { claims: "{" }],
    ["big properties", "A235201", { properties: [{ key: "a", value: "x".repeat(50_000) }] }],
    ["jwtAtClaims that are no object", "A902201", { jwtAtClaims: "1" }],
    ["header parameters that are no object", "A257201", { idtHeaderParams: "[1]" }],
    ["a long description", "A236201", { result: "ACCESS_DENIED", errorDescription: "a".repeat(1001) }],
    ["a long URI", "A236202", { result: "ACCESS_DENIED", errorUri: "a".repeat(2001) }],
    ["a URI that is none", "A236203", { result: "ACCESS_DENIED", errorUri: "ä" }],
  ];

  it.each(cases)("%s", async (_, code, change) => {
    const { userCode } = await freshCodes(test);
    const before = test.artifacts();
    const refused = await complete({ userCode, ...yes, ...change });
    expect(refused).toEqual({
      resultCode: code,
      resultMessage: expect.stringMatching(new RegExp(`^\\[${code}\\] `)),
      action: "INVALID_REQUEST",
    });
    expect(test.artifacts()).toBe(before);
    expect(await complete({ userCode, ...yes })).toMatchObject({ action: "SUCCESS" });
  });

  it.each([
    [undefined, "A227201", "INVALID_REQUEST"],
    [null, "A227201", "INVALID_REQUEST"],
    ["", "A227201", "INVALID_REQUEST"],
    ["BCDFGHJK", "A227301", "USER_CODE_NOT_EXIST"],
  ])("the user code %j", async (userCode, resultCode, action) => {
    expect(await complete({ userCode, ...yes })).toMatchObject({ resultCode, action });
    expect(test.artifacts()).toBe(0);
  });

  it("an expired user code", async () => {
    const { userCode } = await freshCodes(test);
    test.clock.advance(600_000);
    expect(await complete({ userCode, ...yes })).toMatchObject({
      resultCode: "A227303",
      action: "USER_CODE_EXPIRED",
    });
    expect(test.artifacts()).toBe(1);
  });

  it("the consent of a user to a client that is locked", async () => {
    const { userCode } = await freshCodes(test);
    await test.setClient(device.id, { locked: true });
    expect(await complete({ userCode, ...yes })).toMatchObject({
      resultCode: "A229301",
      action: "USER_CODE_NOT_EXIST",
    });
    await test.setClient(device.id, { locked: false });
    expect(await complete({ userCode, ...yes })).toMatchObject({ action: "SUCCESS" });
  });

  it("anything else with a defined answer", async () => {
    const { userCode } = await freshCodes(test);
    const member = fc.constantFrom("result", "subject", "sub", "acr", "authTime", "claims", "properties");
    const actions = ["SUCCESS", "INVALID_REQUEST", "USER_CODE_NOT_EXIST"];
    await fc.assert(
      fc.asyncProperty(fc.dictionary(member, fc.anything()), async (change) => {
        expect(actions).toContain((await complete({ userCode, ...yes, ...change })).action);
      }),
    );
  });
});
