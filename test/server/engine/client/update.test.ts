import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import { SEEDED } from "../../../../src/server/engine/seed.ts";
import { basic, clients, form, openTestEngine, type TestEngine } from "../../../support/engine.ts";
import { expectNothingChanged, unknownClient, wrong } from "../../../support/refused-call.ts";

const { firstParty, backend } = clients;

let test: TestEngine;
let shop: Client & { id: string };
beforeEach(async () => {
  test = await openTestEngine();
  const created = await test.engine["client/create"]({
    clientName: "Shop",
    clientIdAlias: "shop",
    clientIdAliasEnabled: true,
    developer: "john",
    tokenAuthMethod: "CLIENT_SECRET_POST",
    idTokenSignAlg: "ES256",
    subjectType: "PAIRWISE",
    pkceRequired: true,
    redirectUris: ["https://shop.example/callback"],
  });
  shop = { ...created, id: String(created.clientId) };
});
afterEach(() => test.close());

const update = (request: object, clientId = shop.id) =>
  test.engine["client/update"]({ ...request, clientId } as never);
const stored = (clientId = shop.id) => test.engine["client/get"]({ clientId });

describe("an update", () => {
  it("replaces all settings: what is left out is reset", async () => {
    test.clock.advance(1000);
    const updated = await update({ clientName: "Shop 2" });
    expect(updated).toEqual({
      number: shop.number,
      clientId: shop.clientId,
      clientSecret: shop.clientSecret,
      clientSource: "STATIC_REGISTRATION",
      dynamicallyRegistered: false,
      createdAt: shop.createdAt,
      modifiedAt: test.clock(),
      clientType: "CONFIDENTIAL",
      clientName: "Shop 2",
      tokenAuthMethod: "NONE",
      idTokenSignAlg: "RS256",
      subjectType: "PUBLIC",
    });
    expect(await stored()).toEqual(updated);
  });

  it("of everything that was read changes nothing but the time", async () => {
    const { id: _, ...before } = shop;
    test.clock.advance(1000);
    expect(await update(before)).toEqual({ ...before, modifiedAt: test.clock() });
  });

  it("takes effect at once, here and in every other engine on the store", async () => {
    const refused = { status: 400, resultCode: "A123603" };
    const other = await test.engine["client/create"]({});
    const take = () => update({ clientIdAlias: "shop" }, String(other.clientId));
    await expectNothingChanged(test, take, refused);
    await update({ clientIdAlias: "store" });
    expect(await take()).toMatchObject({ clientIdAlias: "shop" });
  });

  it("keeps its own alias", async () => {
    expect(await update({ clientIdAlias: "shop" })).toMatchObject({ clientIdAlias: "shop" });
  });

  it("may come under the alias, where aliases are allowed", async () => {
    await expectNothingChanged(test, () => update({ clientName: "x" }, "shop"), unknownClient);
    await test.setService({ clientIdAliasEnabled: true });
    expect(await update({ clientName: "x" }, "shop")).toMatchObject({ clientId: shop.clientId });
  });

  it("follows redirect URIs with the sector", async () => {
    expect(shop.derivedSectorIdentifier).toBe("shop.example");
    const moved = {
      redirectUris: ["https://store.example/callback"],
      derivedSectorIdentifier: "shop.example",
    };
    expect(await update(moved)).toMatchObject({ derivedSectorIdentifier: "store.example" });
    expect(await update({})).not.toHaveProperty("derivedSectorIdentifier");
  });
});

describe("an update cannot", () => {
  it("unlock a client, and it cannot lock one", async () => {
    const lock = (clientLocked: boolean) =>
      test.engine["client/lock_flag/update"]({ clientIdentifier: shop.id, clientLocked });
    expect(await update({ locked: true })).not.toHaveProperty("locked");
    await lock(true);
    for (const locked of [false, null, undefined, 0]) {
      expect(await update({ locked, clientName: "Shop" })).toMatchObject({ locked: true });
    }
    await lock(false);
    expect(await update({})).toMatchObject({ locked: false });
  });

  it("change the secret", async () => {
    const chosen = "chosen-secret";
    await update({ clientSecret: chosen, tokenAuthMethod: "CLIENT_SECRET_BASIC" });
    const request = (secret = "") =>
      test.engine["auth/token"]({
        parameters: form({ grant_type: "client_credentials", scope: "profile" }),
        ...basic({ id: shop.id, secret }),
      });
    expect(await request(chosen)).toMatchObject({ action: "INVALID_CLIENT", resultCode: "A157305" });
    expect(await request(shop.clientSecret)).toMatchObject({ action: "OK" });
  });

  it("turn a client into another", async () => {
    const updated = await update({ number: 7, createdAt: 1, clientSource: "METADATA_DOCUMENT" });
    expect(updated).toMatchObject({
      number: shop.number,
      clientId: shop.clientId,
      createdAt: shop.createdAt,
      clientSource: "STATIC_REGISTRATION",
    });
  });

  it("make a configured client of one that is none, and none of one that is", async () => {
    const pass = () => update({ developer: SEEDED });
    await expectNothingChanged(test, pass, wrong("developer"));
    const seeded = await stored(backend.id);
    expect(seeded).toMatchObject({ developer: SEEDED });
    for (const developer of ["john", SEEDED, undefined]) {
      expect(await update({ developer }, backend.id)).toMatchObject({ developer: SEEDED });
    }
    expect(await update({ developer: "jane" })).toMatchObject({ developer: "jane" });
  });

  it("give a developer more clients than allowed", async () => {
    await test.setService({ clientsPerDeveloper: 1 });
    const other = await test.engine["client/create"]({ developer: "jane" });
    const take = () => update({ developer: "jane" });
    await expectNothingChanged(test, take, { status: 400, resultCode: "A123601" });
    expect(await update({ developer: "john" })).toMatchObject({ developer: "john" });
    await test.engine["client/delete"]({ clientId: String(other.clientId) });
    expect(await take()).toMatchObject({ developer: "jane" });
  });

  it.each(["999", "nobody", "", "\u0000", "\ud800", null, {}])("find the client %j", async (clientId) => {
    await expectNothingChanged(test, () => update({}, clientId as string), unknownClient);
  });

  it("lose another that comes at the same time", async () => {
    const names = Array.from({ length: 32 }, (_, index) => `Shop ${index}`);
    await Promise.all([
      ...names.map((clientName) => update({ clientName })),
      ...names.map(() =>
        test.engine["client/lock_flag/update"]({ clientIdentifier: shop.id, clientLocked: true }),
      ),
    ]);
    const after = await stored();
    expect(after).toMatchObject({ locked: true, clientSecret: shop.clientSecret });
    expect(names).toContain(after.clientName);
  });

  it("touch another client", async () => {
    const before = await Promise.all([stored(firstParty.id), stored(backend.id)]);
    await update({ clientName: "x" });
    expect(await Promise.all([stored(firstParty.id), stored(backend.id)])).toEqual(before);
  });
});
