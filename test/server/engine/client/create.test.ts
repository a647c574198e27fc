import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clientSchema } from "../../../../src/server/authlete/client.ts";
import { SEEDED } from "../../../../src/server/engine/seed.ts";
import { basic, form, openTestEngine, SERVICE_ID, type TestEngine } from "../../../support/engine.ts";
import { everythingStored, expectNothingChanged, wrong } from "../../../support/refused-call.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const create = (request: object = {}) => test.engine["client/create"](request);

describe("a client that is created", () => {
  it("has a number, a secret, times, and the defaults", async () => {
    const client = await create({ clientName: "Shop" });
    const { clientId, clientSecret, ...rest } = client;
    expect(String(clientId)).toMatch(/^[1-9]\d{13}$/);
    expect(clientSecret).toMatch(/^[\w-]{86}$/);
    expect(rest).toEqual({
      number: (clientId ?? 0) % (2 ** 31 - 1),
      clientName: "Shop",
      clientType: "CONFIDENTIAL",
      tokenAuthMethod: "CLIENT_SECRET_BASIC",
      subjectType: "PUBLIC",
      idTokenSignAlg: "RS256",
      clientSource: "STATIC_REGISTRATION",
      dynamicallyRegistered: false,
      createdAt: test.clock(),
      modifiedAt: test.clock(),
    });
    expect(await test.engine["client/get"]({ clientId: String(clientId) })).toEqual(client);
  });

  it("authenticates with its secret", async () => {
    const { clientId, clientSecret = "" } = await create();
    const answer = await test.engine["auth/token"]({
      parameters: form({ grant_type: "client_credentials", scope: "profile" }),
      ...basic({ id: String(clientId), secret: clientSecret }),
    });
    expect(answer).toMatchObject({ action: "OK", clientId });
  });

  it("authenticates with nothing when it is public", async () => {
    expect(await create({ clientType: "PUBLIC" })).toMatchObject({ tokenAuthMethod: "NONE" });
    const method = "PRIVATE_KEY_JWT";
    expect(await create({ tokenAuthMethod: method })).toMatchObject({ tokenAuthMethod: method });
  });

  it("keeps every setting that it was given", async () => {
    const settings = {
      clientNames: [{ tag: "ja", value: "店" }],
      redirectUris: ["https://shop.example/callback", "com.example.shop:/callback"],
      grantTypes: ["AUTHORIZATION_CODE"],
      responseTypes: ["CODE"],
      jwks: '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}',
      idTokenEncryptionAlg: "ECDH_ES",
      idTokenEncryptionEnc: "A256GCM",
      defaultMaxAge: 60,
      extension: { requestableScopes: ["openid"], requestableScopesEnabled: true, accessTokenDuration: 5 },
      attributes: [{ key: "a", value: "1" }],
      customMetadata: '{"x":1}',
      logoUri: "https://shop.example/logo.png",
      policyUris: [{ tag: "de", value: "https://shop.example/de" }],
      bcDeliveryMode: "PING",
      bcNotificationEndpoint: "https://shop.example/ciba",
      pkceRequired: true,
    };
    expect(await create(settings)).toMatchObject(settings);
  });

  it.each([
    [{ sectorIdentifierUri: "https://sector.example/uris" }, "sector.example"],
    [{ redirectUris: ["https://a.example/1", "https://a.example/2"] }, "a.example"],
    [{ redirectUris: ["https://a.example/1", "https://b.example/2"] }, undefined],
    [{}, undefined],
  ])("has the sector that follows from %j, whatever it says", async (settings, derived) => {
    const client = await create({ ...settings, derivedSectorIdentifier: "victim.example" });
    expect(client.derivedSectorIdentifier).toBe(derived);
  });

  it("has nothing of its caller's that is the engine's to set", async () => {
    const client = await create({
      number: 1,
      clientId: 2000,
      clientSecret: "chosen",
      createdAt: 1,
      modifiedAt: 1,
      locked: true,
      clientSource: "DYNAMIC_REGISTRATION",
      dynamicallyRegistered: true,
      registrationAccessTokenHash: "hash",
      trustChain: ["x"],
    });
    expect(client).toMatchObject({ dynamicallyRegistered: false, clientSource: "STATIC_REGISTRATION" });
    expect(client.number).not.toBe(1);
    expect([2000, 1]).not.toContain(client.clientId);
    expect(client.clientSecret).not.toBe("chosen");
    for (const member of ["locked", "registrationAccessTokenHash", "trustChain"]) {
      expect(client).not.toHaveProperty(member);
    }
    expect([client.createdAt, client.modifiedAt]).toEqual([test.clock(), test.clock()]);
  });

  it("has nothing that is null, empty or unknown, at any depth", async () => {
    const client = await create({
      clientName: "",
      clientIdAlias: "",
      developer: null,
      tokenAuthMethod: "",
      novelty: 1,
      extension: { requestableScopes: null, fresh: { a: 1 }, accessTokenDuration: 0 },
      clientNames: [{ tag: "ja", value: "店", x: 1 }],
    });
    expect(client).toMatchObject({
      tokenAuthMethod: "CLIENT_SECRET_BASIC",
      extension: { accessTokenDuration: 0 },
      clientNames: [{ tag: "ja", value: "店" }],
    });
    for (const member of ["clientName", "clientIdAlias", "developer", "novelty"]) {
      expect(client).not.toHaveProperty(member);
    }
    expect(client.extension).toEqual({ accessTokenDuration: 0 });
    expect(client.clientNames?.[0]).not.toHaveProperty("x");
    await expect(create({ clientIdAlias: "" })).resolves.toHaveProperty("clientId");
  });

  it("is the only one of its alias, however many are created at once", async () => {
    const before = await test.store.engine.read.countClients(SERVICE_ID, {});
    const calls = Array.from({ length: 64 }, () => create({ clientIdAlias: "shop" }));
    const settled = await Promise.allSettled(calls);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const call of settled) {
      if (call.status === "rejected") expect(call.reason).toMatchObject({ resultCode: "A123603" });
    }
    expect(await test.store.engine.read.countClients(SERVICE_ID, {})).toBe(before + 1);
  });

  it("is one of as many as its developer may have, however many are created at once", async () => {
    await test.setService({ clientsPerDeveloper: 3 });
    const calls = Array.from({ length: 16 }, () => create({ developer: "john" }));
    const settled = await Promise.allSettled(calls);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    const refused = { status: 400, resultCode: "A123601" };
    await expectNothingChanged(test, () => create({ developer: "john" }), refused);
    await expect(create({ developer: "jane" })).resolves.toHaveProperty("clientId");
    await expect(create()).resolves.toHaveProperty("clientId");
  });
});

describe("a client is not created", () => {
  it("under the alias or the number of another", async () => {
    await create({ clientIdAlias: "shop" });
    const refused = { status: 400, resultCode: "A123603" };
    await expectNothingChanged(test, () => create({ clientIdAlias: "shop" }), refused);
    await expectNothingChanged(test, () => create({ clientIdAlias: "2000" }), refused);
    await expect(create({ clientIdAlias: "shop2" })).resolves.toHaveProperty("clientId");
  });

  it("as one that the configuration brings", async () => {
    await expectNothingChanged(test, () => create({ developer: SEEDED }), wrong("developer"));
    expect(await create({ developer: `${SEEDED}2` })).toMatchObject({ developer: `${SEEDED}2` });
  });

  it("from what is nested without end", async () => {
    let deep: object = {};
    for (let depth = 0; depth < 5000; depth += 1) deep = { deep };
    await expectNothingChanged(test, () => create({ deep }), { status: 400, resultCode: "A126202" });
  });

  it("and no client breaks the store, whatever its settings are", async () => {
    const member = fc.constantFrom(...Object.keys(clientSchema.shape));
    const value = fc.oneof(
      fc.anything(),
      fc.string({ unit: "binary" }),
      fc.string({ unit: "binary", minLength: 200, maxLength: 5000 }),
      fc.array(fc.string({ unit: "binary" })),
      fc.array(fc.record({ tag: fc.string({ unit: "binary" }), value: fc.string({ unit: "binary" }) })),
    );
    await fc.assert(
      fc.asyncProperty(member, value, async (name, given) => {
        const [created] = await Promise.allSettled([create({ [name]: given })]);
        if (created.status === "rejected") {
          expect(created.reason).toMatchObject({ code: "EngineRefusedCall", status: 400 });
          return;
        }
        const { clientId } = created.value;
        expect(await test.engine["client/get"]({ clientId: String(clientId) })).toEqual(created.value);
      }),
      { numRuns: 150 },
    );
    expect((await everythingStored(test)).clients.length).toBeGreaterThan(10);
  }, 60_000);
});
