import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EngineRefusedCall } from "../../../src/server/authlete/error.ts";
import { clients, ISSUER } from "../../support/engine.ts";
import type { OpenEngine, ReachedEngine } from "./served-engine.ts";

/** What callers of the engine may rely on when they ask for settings and keys. */
export function describeLookUps(open: OpenEngine): void {
  let engine: ReachedEngine;
  beforeEach(async () => {
    engine = await open();
  });
  afterEach(() => engine.close());

  describe("look-ups", () => {
    it("service/get gives the settings as they are now", async () => {
      const { authlete } = engine;
      expect(await authlete["service/get"]({})).toMatchObject({ issuer: ISSUER, accessTokenDuration: 3600 });
      const change = { accessTokenDuration: 60, attributes: [{ key: "ä", value: "1 & 2" }] };
      await engine.setService(change);
      expect(await authlete["service/get"]({})).toMatchObject(change);
    });

    it("service/jwks/get gives the public keys, and the private ones when asked", async () => {
      const shown = await engine.authlete["service/jwks/get"]({});
      expect(shown.keys.map(({ alg }) => alg).toSorted()).toEqual(["ES256", "EdDSA", "PS256", "RS256"]);
      for (const key of shown.keys) expect(key).not.toHaveProperty("d");
      const all = await engine.authlete["service/jwks/get"]({ includePrivateKeys: true, pretty: true });
      expect(all.keys.map(({ kid }) => kid)).toEqual(shown.keys.map(({ kid }) => kid));
      for (const key of all.keys) expect(key).toHaveProperty("d");
    });

    it("service/jwks/get gives a set without keys when there are none", async () => {
      await engine.setService({ jwks: '{"keys":[]}' });
      expect(await engine.authlete["service/jwks/get"]({})).toEqual({ keys: [] });
      expect(await engine.authlete["service/jwks/get"]({ pretty: true })).toEqual({ keys: [] });
    });

    it("client/get gives a client by number and, where allowed, by alias", async () => {
      const alias = "shop/50% é?#&+";
      const byAlias = () => engine.authlete["client/get"]({ clientId: alias });
      await engine.setClient(clients.firstParty.id, { clientIdAlias: alias, clientIdAliasEnabled: true });
      const found = await engine.authlete["client/get"]({ clientId: clients.firstParty.id });
      expect(found).toMatchObject({
        clientId: 2000,
        clientIdAlias: alias,
        tokenAuthMethod: "CLIENT_SECRET_BASIC",
      });
      await expect(byAlias()).rejects.toMatchObject({ status: 404 });
      await engine.setService({ clientIdAliasEnabled: true });
      expect(await byAlias()).toEqual(found);
    });

    it.each(["999", "no such client", "9".repeat(400)])("client/get refuses %s", async (clientId) => {
      const refused = await engine.authlete["client/get"]({ clientId }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(EngineRefusedCall);
      expect(refused).toMatchObject({ operation: "client/get", status: 404, resultCode: "A001212" });
    });
  });
}
