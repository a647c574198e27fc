import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clients, type TestEngine } from "../../../support/engine.ts";
import {
  expectRefused,
  good,
  manage,
  metadataError,
  openRegistrationEngine,
  type Registered,
  registered,
  tokenError,
  update,
} from "./registration.ts";

let test: TestEngine;
let shop: Registered;
beforeEach(async () => {
  test = await openRegistrationEngine();
  shop = await registered(test, { ...good, client_name: "Shop", "client_name#ja": "店", contacts: ["a"] });
});
afterEach(() => test.close());

const stored = () => test.engine["client/get"]({ clientId: shop.clientId });
const get = (request: object = {}) => manage(test, "get", { ...shop, ...request });
const remove = (request: object = {}) => manage(test, "delete", { ...shop, ...request });

describe("a registration", () => {
  it("is shown to who has its token", async () => {
    const answer = await get();
    expect(answer).toMatchObject({ action: "OK", resultCode: "A217001", client: await stored() });
    expect(JSON.parse((answer as { responseContent: string }).responseContent)).toEqual(shop.information);
  });

  it("is replaced: what the metadata leave out is reset", async () => {
    test.clock.advance(5000);
    const answer = await update(test, shop, { ...good, client_uri: "https://shop.example/" });
    expect(answer).toMatchObject({ action: "UPDATED", resultCode: "A213001" });
    const after = await stored();
    expect(after).toMatchObject({ clientUri: "https://shop.example/", modifiedAt: test.clock() });
    for (const member of ["clientName", "clientNames", "contacts"]) expect(after).not.toHaveProperty(member);
    const { client_name: _n, "client_name#ja": _j, contacts: _c, ...rest } = shop.information;
    expect(JSON.parse((answer as { responseContent: string }).responseContent)).toEqual({
      ...rest,
      client_uri: "https://shop.example/",
    });
  });

  it("can be written back as it was read", async () => {
    const before = await stored();
    const json = JSON.stringify(shop.information);
    expect(await manage(test, "update", { ...shop, json })).toMatchObject({ action: "UPDATED" });
    expect(await stored()).toEqual(before);
  });

  it("keeps its token, its secret and its creation through an update", async () => {
    test.clock.advance(5000);
    await update(test, shop, good);
    expect(await stored()).toMatchObject({
      clientSecret: shop.client.clientSecret,
      createdAt: shop.client.createdAt,
      registrationAccessTokenHash: shop.client.registrationAccessTokenHash,
      dynamicallyRegistered: true,
    });
    expect(await get()).toMatchObject({ action: "OK" });
  });

  it("never frees the client of what the owner of the service has set", async () => {
    await test.setClient(shop.clientId, {
      extension: { requestableScopesEnabled: true, requestableScopes: ["email"], accessTokenDuration: 60 },
      pkceRequired: true,
      singleAccessTokenPerSubject: true,
      fapiModes: ["FAPI2_SECURITY"],
      developer: "owner",
      attributes: [{ key: "a", value: "1" }],
      clientIdAlias: "shop",
      clientIdAliasEnabled: true,
      description: "checked",
    });
    const before = await stored();
    await update(test, shop, { ...good, scope: "openid", pkceRequired: false, attributes: [] });
    const { clientName: _n, clientNames: _ns, contacts: _c, ...kept } = before;
    expect(await stored()).toEqual({ ...kept, modifiedAt: test.clock() });
  });

  it("is limited to the scopes of its last registration that named some, where the service wants that", async () => {
    await test.setService({ dcrScopeUsedAsRequestable: true });
    const limited = async () => (await stored()).extension?.requestableScopes;
    await update(test, shop, { ...good, scope: "email" });
    expect(await limited()).toEqual(["email"]);
    await update(test, shop, good);
    expect(await limited()).toEqual(["email"]);
    await update(test, shop, { ...good, scope: "openid" });
    expect(await limited()).toEqual(["openid"]);
  });

  it("may change the type of the client", async () => {
    await update(test, shop, { ...good, token_endpoint_auth_method: "none" });
    expect(await stored()).toMatchObject({ clientType: "PUBLIC", tokenAuthMethod: "NONE" });
  });

  it("ends once, with everything that is the client's, however many end it", async () => {
    const answers = await Promise.all(Array.from({ length: 64 }, () => remove()));
    expect(answers.filter(({ action }) => action === "DELETED")).toHaveLength(1);
    expect(answers.find(({ action }) => action === "DELETED")).toEqual({
      action: "DELETED",
      resultCode: "A216001",
      resultMessage: expect.stringMatching(/^\[A216001\] /),
    });
    await expect(stored()).rejects.toMatchObject({ status: 404 });
    await expectRefused(test, () => get(), tokenError("A215307"));
  });

  it("that is ended and replaced at once ends", async () => {
    const calls = Array.from({ length: 16 }, (_, index) =>
      index === 8 ? remove() : update(test, shop, good),
    );
    const actions = (await Promise.all(calls)).map(({ action }) => action);
    expect(actions.filter((action) => action === "DELETED")).toHaveLength(1);
    for (const action of actions) expect(["DELETED", "UPDATED", "BAD_REQUEST"]).toContain(action);
    await expect(stored()).rejects.toMatchObject({ status: 404 });
  });
});

describe("an update is refused", () => {
  it("without the identifier of the client, or with another", async () => {
    const send = (json: object) => manage(test, "update", { ...shop, json: JSON.stringify(json) });
    await expectRefused(test, () => send(good), metadataError("A214301"));
    for (const id of [clients.firstParty.id, Number(shop.clientId), "", {}]) {
      await expectRefused(test, () => send({ ...good, client_id: id }), metadataError("A214302"));
    }
  });

  it("with another secret than the client's", async () => {
    for (const client_secret of ["chosen", "", 7]) {
      await expectRefused(
        test,
        () => update(test, shop, { ...good, client_secret }),
        metadataError("A215304"),
      );
    }
    const own = { ...good, client_secret: shop.client.clientSecret };
    expect(await update(test, shop, own)).toMatchObject({ action: "UPDATED" });
  });

  it("for what a registration is refused for", async () => {
    const send = (json: unknown) => manage(test, "update", { ...shop, json: json as string });
    await expectRefused(test, () => send(undefined), metadataError("A203302"));
    await expectRefused(test, () => send("[]"), metadataError("A203303"));
    await expectRefused(
      test,
      () => update(test, shop, { ...good, client_name: 7 }),
      metadataError("A204308"),
    );
    const redirect = { code: "A900305", error: "invalid_redirect_uri" };
    await expectRefused(test, () => update(test, shop, {}), redirect);
    const sector = { ...good, sector_identifier_uri: "https://victim.example/" };
    await expectRefused(test, () => update(test, shop, sector), metadataError("A900309"));
  });
});

describe.each(["get", "update", "delete"] as const)("%s", (action) => {
  const call = (request: object) => () =>
    manage(test, action, {
      ...shop,
      json: JSON.stringify({ ...good, client_id: shop.clientId }),
      ...request,
    });

  it("is closed without the token of the client", async () => {
    const other = await registered(test);
    for (const token of [
      "wrong",
      other.token,
      shop.client.registrationAccessTokenHash,
      "\u0000",
      "x".repeat(9999),
    ]) {
      await expectRefused(test, call({ token }), tokenError("A215307"));
    }
    for (const token of [undefined, null, "", 7]) {
      await expectRefused(test, call({ token }), tokenError("A215305"));
    }
  });

  it("tells nobody which clients there are", async () => {
    const answers = [];
    for (const clientId of [clients.firstParty.id, "999", "nobody", "\u0000", "\ud800", "9".repeat(400)]) {
      await expectRefused(test, call({ clientId }), tokenError("A215307"));
      answers.push(JSON.stringify(await call({ clientId })()));
    }
    answers.push(JSON.stringify(await call({ token: "wrong" })()));
    expect(new Set(answers).size).toBe(1);
    for (const clientId of [undefined, null, "", 7]) {
      await expectRefused(test, call({ clientId }), tokenError("A215301"));
    }
  });

  it("is closed to a client that is locked", async () => {
    await test.setClient(shop.clientId, { locked: true });
    await expectRefused(test, call({}), tokenError("A215307"));
    await test.setClient(shop.clientId, { locked: false });
    expect(["OK", "UPDATED", "DELETED"]).toContain((await call({})()).action);
  });

  it("answers a wrong token with an action of its own where the front end knows it", async () => {
    await test.setService({ unauthorizedOnClientConfigSupported: true });
    await expectRefused(test, call({ token: "wrong" }), tokenError("A215307", "UNAUTHORIZED"));
    await expectRefused(test, call({ token: "" }), tokenError("A215305", "UNAUTHORIZED"));
    await expectRefused(test, call({ clientId: "" }), tokenError("A215301"));
  });

  it("is refused by a service that does not want registrations any more", async () => {
    await test.setService({ dynamicRegistrationSupported: false });
    const refused = { code: "A206201", error: "server_error", action: "INTERNAL_SERVER_ERROR" };
    await expectRefused(test, call({}), refused);
  });
});
