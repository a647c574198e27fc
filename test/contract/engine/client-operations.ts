import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../src/server/authlete/client.ts";
import { basic, clients, form } from "../../support/engine.ts";
import { issuedFor, type OpenEngine, type ReachedEngine } from "./served-engine.ts";

const CALLERS = 64;

/** What the operator of a service may rely on when it takes care of clients. */
export function describeClientOperations(open: OpenEngine): void {
  let engine: ReachedEngine;
  beforeEach(async () => {
    engine = await open();
  });
  afterEach(() => engine.close());

  const create = (settings: Client = {}) => engine.authlete["client/create"](settings);
  const created = async (settings?: Client) => {
    const client = await create(settings);
    return { ...client, id: String(client.clientId), secret: String(client.clientSecret) };
  };
  const signIn = (client: { id: string; secret: string }) =>
    engine.authlete["auth/token"]({
      parameters: form({ grant_type: "client_credentials", scope: "profile" }),
      ...basic(client),
    });

  describe("clients", () => {
    it("are created, read, changed as a whole and deleted with their tokens", async () => {
      const { id, secret, ...shop } = await created({ clientName: "Shöp", contacts: ["a@shop.example"] });
      expect(await engine.authlete["client/get"]({ clientId: id })).toEqual(shop);
      expect(await signIn({ id, secret })).toMatchObject({ action: "OK" });
      const updated = await engine.authlete["client/update"]({ clientId: id, clientName: "Store" });
      expect(updated).toMatchObject({ clientName: "Store", clientSecret: secret, tokenAuthMethod: "NONE" });
      expect(updated).not.toHaveProperty("contacts");
      await engine.authlete["client/delete"]({ clientId: id });
      await expect(engine.authlete["client/get"]({ clientId: id })).rejects.toMatchObject({ status: 404 });
      const { totalCount } = await engine.authlete["auth/token/get/list"]({});
      expect(totalCount).toBe(0);
    });

    it("have an alias of their own, however many want it at once", async () => {
      const calls = Array.from({ length: CALLERS }, () => create({ clientIdAlias: "shop" }));
      const settled = await Promise.allSettled(calls);
      expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const outcome of settled) {
        if (outcome.status === "fulfilled") continue;
        expect(outcome.reason).toMatchObject({ status: 400, resultCode: "A123603" });
      }
      expect(await engine.authlete["client/get/list"]({})).toMatchObject({ totalCount: 5 });
    });

    it("are refused with the code of the API, and nothing is stored", async () => {
      const list = () => engine.authlete["client/get/list"]({ start: 0, end: 100 });
      const before = await list();
      for (const settings of [{ redirectUris: ["javascript:x"] }, { jwks: "{}" }, { clientIdAlias: "\0" }]) {
        await expect(create(settings)).rejects.toMatchObject({ status: 400, resultCode: "A126202" });
      }
      expect(await list()).toEqual(before);
    });

    it("are listed in parts, by developer too", async () => {
      for (const developer of ["jöhn", "jane", "jöhn"]) await create({ developer });
      const list = (request: object) => engine.authlete["client/get/list"](request);
      const all = await list({});
      expect(all).toMatchObject({ start: 0, end: 5, totalCount: 7 });
      const rest = await list({ start: 5, end: 10 });
      expect([...(all.clients ?? []), ...(rest.clients ?? [])]).toHaveLength(7);
      expect(await list({ developer: "jöhn" })).toMatchObject({ totalCount: 2 });
      expect(await list({ developer: "\ud800" })).toMatchObject({ totalCount: 0, clients: [] });
    });

    it("stay locked until they are unlocked, whatever an update says", async () => {
      const { id, secret } = await created();
      const lock = (clientLocked: boolean) =>
        engine.authlete["client/lock_flag/update"]({ clientIdentifier: id, clientLocked });
      await lock(true);
      await engine.authlete["client/update"]({
        clientId: id,
        locked: false,
        tokenAuthMethod: "CLIENT_SECRET_BASIC",
      });
      expect(await signIn({ id, secret })).not.toMatchObject({ action: "OK" });
      await lock(false);
      expect(await signIn({ id, secret })).toMatchObject({ action: "OK" });
    });

    it("get a new secret, and the old one is worth nothing", async () => {
      const { id, secret } = await created();
      const { newClientSecret = "" } = await engine.authlete["client/secret/refresh"]({
        clientIdentifier: id,
      });
      expect(await signIn({ id, secret })).toMatchObject({ action: "INVALID_CLIENT" });
      expect(await signIn({ id, secret: newClientSecret })).toMatchObject({ action: "OK" });
      const clientSecret = "chosen-by-the-operator_0123456789";
      await engine.authlete["client/secret/update"]({ clientIdentifier: id, clientSecret });
      expect(await signIn({ id, secret: newClientSecret })).toMatchObject({ action: "INVALID_CLIENT" });
      expect(await signIn({ id, secret: clientSecret })).toMatchObject({ action: "OK" });
    });
  });

  describe("what a user has allowed a client", () => {
    const { id: clientId } = clients.firstParty;
    const allowed = () => engine.authlete["client/authorization/get/list"]({ subject: "alice" });

    it("is listed, narrowed and taken back", async () => {
      const { accessToken } = await issuedFor(engine);
      expect(await allowed()).toMatchObject({ totalCount: 1, clients: [{ clientId: Number(clientId) }] });
      const introspect = () => engine.authlete["auth/introspection"]({ token: accessToken });
      await engine.authlete["client/authorization/update"]({
        clientId,
        subject: "alice",
        scopes: ["profile"],
      });
      expect(await introspect()).toMatchObject({ action: "OK", scopes: ["profile"] });
      await engine.authlete["client/authorization/delete"]({ clientId, subject: "alice" });
      expect(await introspect()).toMatchObject({ action: "UNAUTHORIZED" });
      expect(await allowed()).toMatchObject({ totalCount: 0 });
    });

    it("is nobody else's to take back", async () => {
      const { accessToken } = await issuedFor(engine);
      await engine.authlete["client/authorization/delete"]({ clientId, subject: "bob" });
      await engine.authlete["client/authorization/delete"]({
        clientId: clients.backend.id,
        subject: "alice",
      });
      const answer = await engine.authlete["auth/introspection"]({ token: accessToken });
      expect(answer).toMatchObject({ action: "OK" });
    });

    it("cannot be asked for beyond what the client may request", async () => {
      const scopes = () => engine.authlete["client/extension/requestable_scopes/get"]({ clientId });
      await engine.authlete["client/extension/requestable_scopes/update"]({
        clientId,
        requestableScopes: ["profile", "never-registered"],
      });
      expect(await scopes()).toEqual({ requestableScopes: ["profile"] });
      const { scopes: granted } = await issuedFor(engine);
      expect(granted).toEqual(["profile"]);
      await engine.authlete["client/extension/requestable_scopes/delete"]({ clientId });
      expect((await issuedFor(engine)).scopes).toEqual(["openid", "profile"]);
    });
  });
}
