import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { basic, contentOf, form, issued, summary, type TestEngine } from "../../../support/engine.ts";
import { anyClient, authorize, device, openDeviceEngine, storedGrant, television } from "./device-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openDeviceEngine();
});
afterEach(() => test.close());

const BASE20 = /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/;

describe("device authorization", () => {
  it("gives a device code and a user code", async () => {
    const answer = issued(await authorize(test));
    expect(answer).toEqual({
      resultCode: "A220001",
      resultMessage: expect.stringMatching(/^\[A220001\] /),
      action: "OK",
      responseContent: expect.any(String),
      deviceCode: expect.stringMatching(/^[\w-]{43}$/),
      userCode: expect.stringMatching(BASE20),
      verificationUri: "https://as.example/device",
      verificationUriComplete: `https://as.example/device?user_code=${answer.userCode}`,
      expiresIn: 600,
      interval: 5,
      clientId: 3000,
      clientIdAliasUsed: false,
      clientName: "Player",
      clientAuthMethod: "CLIENT_SECRET_BASIC",
      scopes: [
        { name: "openid", defaultEntry: false },
        { name: "profile", defaultEntry: false },
      ],
      claimNames: expect.arrayContaining(["name", "birthdate", "updated_at"]),
    });
    expect(JSON.parse(contentOf(answer))).toEqual({
      device_code: answer.deviceCode,
      user_code: answer.userCode,
      verification_uri: answer.verificationUri,
      verification_uri_complete: answer.verificationUriComplete,
      expires_in: 600,
      interval: 5,
    });
  });

  it("keeps neither code, only what they hash to", async () => {
    const { deviceCode, userCode } = issued(await authorize(test));
    const stored = await storedGrant(test, deviceCode);
    expect(stored).toMatchObject({
      keyHash: hashOf(deviceCode),
      aliasHash: hashOf(`1001 ${userCode}`),
      clientId: 3000,
      expiresAt: test.clock() + 600_000,
    });
    expect(JSON.stringify(stored)).not.toContain(deviceCode);
    expect(JSON.stringify(stored)).not.toContain(userCode);
  });

  it("tells all that was asked for", async () => {
    const parameters = { scope: "profile", acr_values: "high low", resource: "https://api.example" };
    const answer = issued(await authorize(test, parameters));
    expect(answer).toMatchObject({ acrs: ["high", "low"], resources: ["https://api.example"] });
    expect(answer).not.toHaveProperty("claimNames");
    expect(answer).not.toHaveProperty("warnings");
  });

  it("tells values of dynamic scopes, and details of the authorization", async () => {
    await test.setService({
      supportedScopes: [
        { name: "openid" },
        { name: "payment", attributes: [{ key: "regex", value: "^payment:.+$" }] },
      ],
      supportedAuthorizationDetailsTypes: ["transfer"],
    });
    const authorization_details = JSON.stringify([{ type: "transfer", amount: "5" }]);
    const answer = issued(await authorize(test, { scope: "openid payment:42", authorization_details }));
    expect(answer).toMatchObject({
      scopes: [{ name: "openid", defaultEntry: false }],
      dynamicScopes: [{ name: "payment", value: "payment:42" }],
      authorizationDetails: { elements: [{ type: "transfer", otherFields: '{"amount":"5"}' }] },
    });
    expect((await storedGrant(test, answer.deviceCode)).document).toMatchObject({
      scopes: ["openid", "payment:42"],
      authorizationDetails: { elements: [{ type: "transfer" }] },
    });
  });

  it("warns of what it leaves out", async () => {
    await test.setService({ deviceVerificationUriComplete: "https://as.example/device" });
    const answer = issued(await authorize(test, { scope: "openid unknown", acr_values: "middle" }));
    expect(answer.scopes).toEqual([{ name: "openid", defaultEntry: false }]);
    expect(answer).not.toHaveProperty("acrs");
    expect(answer).not.toHaveProperty("verificationUriComplete");
    expect(answer.warnings?.map((warning) => warning.slice(0, 9))).toEqual([
      "[A219302]",
      "[A238302]",
      "[A223201]",
    ]);
  });

  it("takes the client's default context classes and the service's default scopes", async () => {
    await test.setService({ supportedScopes: [{ name: "openid", defaultEntry: true }] });
    await test.setClient(device.id, { defaultAcrs: ["low", "unknown"] });
    const answer = issued(await authorize(test, { x: "1" }));
    expect(answer).toMatchObject({ acrs: ["low"], scopes: [{ name: "openid", defaultEntry: true }] });
  });

  it("lets a public client name itself", async () => {
    const parameters = form({ client_id: television.id });
    expect(await test.engine["device/authorization"]({ parameters })).toMatchObject({
      action: "OK",
      clientId: 3001,
      clientAuthMethod: "NONE",
    });
  });

  it.each([
    [{ userCodeCharset: "NUMERIC" as const }, /^\d{8}$/],
    [{ userCodeCharset: "NUMERIC" as const, userCodeLength: 9 }, /^\d{9}$/],
    [{ userCodeLength: 0 }, BASE20],
    [{ userCodeLength: 20 }, /^[BCDFGHJKLMNPQRSTVWXZ]{20}$/],
    [{ userCodeLength: 1_000_000 }, /^[BCDFGHJKLMNPQRSTVWXZ]{255}$/],
  ])("makes user codes as the service wants them: %j", async (settings, expected) => {
    await test.setService(settings);
    expect(issued(await authorize(test)).userCode).toMatch(expected);
  });

  it("takes the interval and the duration of the service", async () => {
    await test.setService({ deviceFlowPollingInterval: 7, deviceFlowCodeDuration: 60 });
    const answer = issued(await authorize(test));
    expect(answer).toMatchObject({ interval: 7, expiresIn: 60 });
    expect((await storedGrant(test, answer.deviceCode)).document).toMatchObject({
      interval: 7,
      nextPollAt: test.clock(),
    });
  });
});

describe("user codes that are in use", () => {
  it("are given to nobody else", async () => {
    await test.setService({ userCodeCharset: "NUMERIC", userCodeLength: 1 });
    const taken = new Set<string>();
    const refused: string[] = [];
    for (let call = 0; call < 200; call += 1) {
      const answer = await authorize(test);
      if (answer.action === "OK") {
        expect(taken.has(answer.userCode)).toBe(false);
        taken.add(answer.userCode);
      } else refused.push(String(answer.resultCode));
    }
    expect(taken.size).toBe(10);
    expect(new Set(refused)).toEqual(new Set(["A221101"]));
    expect(test.artifacts()).toBe(10);
  });
});

describe("device authorization refuses", () => {
  const cases: [string, string, Record<string, unknown>][] = [
    ["no parameters", "A166201", { parameters: undefined }],
    ["null for parameters", "A166201", { parameters: null }],
    ["parameters of another type", "A166202", { parameters: 5 }],
    ["an empty body", "A166301", { parameters: " " }],
    ["two scopes", "A166304", { parameters: "scope=a&scope=b" }],
    ["two acr_values", "A166304", { parameters: "acr_values=a&acr_values=b" }],
    ["a resource that is relative", "A251307", { parameters: "resource=api" }],
    ["a resource with a fragment", "A251308", { parameters: "resource=https%3A%2F%2Fa%2F%23b" }],
    ["details that are no JSON", "A249304", { parameters: "authorization_details=%5B" }],
    ["details of an unknown type", "A249302", { parameters: 'authorization_details=[{"type":"x"}]' }],
    ["an unknown client", "A218305", { clientId: "999" }],
    ["another client in the body", "A218303", { parameters: `client_id=${television.id}` }],
    ["a wrong secret", "A157305", { clientSecret: "wrong" }],
    ["no secret", "A157304", { clientSecret: undefined }],
    ["nobody at all", "A244305", { clientId: undefined, clientSecret: undefined }],
    ["a client that did not declare the grant", "A166306", basic(anyClient)],
  ];

  it.each(cases)("%s: %#", async (_, code, change) => {
    const request = { parameters: form({ scope: "openid" }), ...basic(device), ...change };
    const answer = await test.engine["device/authorization"](request as never);
    expect(summary(answer).code).toBe(code);
    expect(answer).not.toHaveProperty("deviceCode");
    expect(test.artifacts()).toBe(0);
    expect(answer.action).toBe(actions[code] ?? "BAD_REQUEST");
  });

  const actions: Record<string, string> = {
    A166201: "INTERNAL_SERVER_ERROR",
    A166202: "INTERNAL_SERVER_ERROR",
    A218305: "UNAUTHORIZED",
    A157305: "UNAUTHORIZED",
    A157304: "UNAUTHORIZED",
  };

  it.each([
    ["A166305", { supportedGrantTypes: ["PASSWORD" as const] }],
    ["A222101", { deviceVerificationUri: "" }],
    ["A222102", { deviceFlowCodeDuration: 0 }],
    ["A219305", { scopeRequired: true, supportedScopes: [] }],
  ])("%s while the service is set so", async (code, settings) => {
    await test.setService(settings);
    expect(summary(await authorize(test)).code).toBe(code);
    expect(test.artifacts()).toBe(0);
  });

  it("a locked client", async () => {
    await test.setClient(device.id, { locked: true });
    expect(summary(await authorize(test))).toEqual({
      action: "UNAUTHORIZED",
      code: "A048307",
      error: "invalid_client",
    });
  });
});
