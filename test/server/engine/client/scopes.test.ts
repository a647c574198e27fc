import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  basic,
  clients,
  form,
  openTestEngine,
  SERVICE_ID,
  type TestEngine,
} from "../../../support/engine.ts";
import { expectNothingChanged, unknownClient, wrong } from "../../../support/refused-call.ts";

const { firstParty, backend, post } = clients;

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

describe("granted scopes", () => {
  const request = (change: object) => ({ clientId: firstParty.id, subject: "alice", ...change }) as never;
  const get = (change: object = {}) => test.engine["client/granted_scopes/get"](request(change));
  const remove = (change: object = {}) => test.engine["client/granted_scopes/delete"](request(change));
  const grant = (clientId: string, subject: string) =>
    test.store.engine.write((writer) =>
      writer.upsertGrantedScopes({
        serviceId: SERVICE_ID,
        clientId: Number(clientId),
        subject,
        latest: ["email"],
        merged: ["email", "openid"],
        modifiedAt: 7,
      }),
    );
  const nothing = (code: string) => ({
    resultCode: code,
    resultMessage: expect.stringMatching(`^\\[${code}\\] `),
  });

  it("are shown, and forgotten once", async () => {
    await grant(firstParty.id, "alice");
    expect(await get()).toEqual({
      ...nothing("A139002"),
      serviceApiKey: 1001,
      clientId: 2000,
      subject: "alice",
      latestGrantedScopes: ["email"],
      mergedGrantedScopes: ["email", "openid"],
      modifiedAt: 7,
    });
    expect(await remove()).toEqual(nothing("A140002"));
    expect(await remove()).toEqual(nothing("A140001"));
    expect(await get()).toEqual({
      ...nothing("A139001"),
      serviceApiKey: 1001,
      clientId: 2000,
      subject: "alice",
    });
  });

  it("are those of one client and one subject", async () => {
    await grant(firstParty.id, "bob");
    await grant(backend.id, "alice");
    expect(await get()).not.toHaveProperty("latestGrantedScopes");
    await remove();
    expect(await get({ subject: "bob" })).toMatchObject({ latestGrantedScopes: ["email"] });
    expect(await get({ clientId: backend.id })).toMatchObject({ latestGrantedScopes: ["email"] });
  });

  it.each([undefined, null, "", 7, "\u0000"])("are not those of the subject %j", async (subject) => {
    await expectNothingChanged(test, () => get({ subject }), wrong("subject"));
    await expectNothingChanged(test, () => remove({ subject }), wrong("subject"));
  });

  it.each([undefined, "", "999", "\u0000"])("are not those of the client %j", async (clientId) => {
    await expectNothingChanged(test, () => get({ clientId }), unknownClient);
    await expectNothingChanged(test, () => remove({ clientId }), unknownClient);
  });
});

describe("requestable scopes", () => {
  const clientId: string = post.id;
  const get = (id: unknown = clientId) =>
    test.engine["client/extension/requestable_scopes/get"]({ clientId: id as string });
  const update = (requestableScopes: unknown, id = clientId) =>
    test.engine["client/extension/requestable_scopes/update"]({
      clientId: id,
      requestableScopes: requestableScopes as string[],
    });
  const remove = (id = clientId) =>
    test.engine["client/extension/requestable_scopes/delete"]({ clientId: id });
  /** What the client gets when it asks for everything. */
  const granted = async () => {
    const credentials = { client_id: post.id, client_secret: post.secret };
    const scope = "openid profile email token:issue pay pay:7";
    const answer = await test.engine["auth/token"]({
      parameters: form({ grant_type: "client_credentials", scope, ...credentials }),
    });
    return (answer as { scopes?: string[] }).scopes;
  };

  it("are all scopes of the service unless there is a list", async () => {
    expect(await get()).toEqual({});
    expect(await granted()).toEqual(["openid", "profile", "email", "token:issue"]);
  });

  it("are what a list says, until it is taken away", async () => {
    expect(await update(["email", "openid", "email"])).toEqual({ requestableScopes: ["email", "openid"] });
    expect(await get()).toEqual({ requestableScopes: ["email", "openid"] });
    expect(await granted()).toEqual(["openid", "email"]);
    expect(await remove()).toEqual({});
    expect(await get()).toEqual({});
    expect(await granted()).toContain("profile");
  });

  it.each([[[]], [null], [undefined]])("are all again after %j", async (list) => {
    await update(["email"]);
    expect(await update(list)).toEqual({});
    expect(await granted()).toContain("profile");
  });

  it("are none when the service has none of the list", async () => {
    expect(await update(["nothing", "email"])).toEqual({ requestableScopes: ["email"] });
    expect(await update(["nothing"])).toEqual({ requestableScopes: [] });
    expect(await granted()).toEqual([]);
  });

  it("name a dynamic scope, and so all its values", async () => {
    const { supportedScopes = [] } = (await test.store.findService(SERVICE_ID)) ?? {};
    const pay = { name: "pay", attributes: [{ key: "regex", value: "pay:\\d" }] };
    await test.setService({ supportedScopes: [...supportedScopes, pay] });
    expect(await update(["pay"])).toEqual({ requestableScopes: ["pay"] });
    expect(await granted()).toEqual(["pay:7"]);
  });

  it("leave the rest of the extension as it is", async () => {
    await test.setClient(clientId, { extension: { accessTokenDuration: 9 } });
    await update(["email"]);
    await remove();
    expect(await test.engine["client/get"]({ clientId })).toMatchObject({
      extension: { accessTokenDuration: 9, requestableScopesEnabled: false },
    });
  });

  it.each([undefined, "", "999", "\u0000"])("are not those of the client %j", async (id) => {
    for (const call of [
      get,
      (x: unknown) => update(["email"], x as string),
      (x: unknown) => remove(x as string),
    ]) {
      await expectNothingChanged(test, () => call(id ?? null), unknownClient);
    }
  });

  it("belong to a client that authenticates", async () => {
    await update(["email"], backend.id);
    const answer = await test.engine["auth/token"]({
      parameters: form({ grant_type: "client_credentials", scope: "email profile" }),
      ...basic(backend),
    });
    expect(answer).toMatchObject({ scopes: ["email"] });
  });
});
