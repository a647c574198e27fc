import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { generateSignatureKey } from "../../../src/server/engine/keys.ts";
import { ISSUER, jwtParts } from "../../support/engine.ts";
import { issuedFor, type OpenEngine, type ReachedEngine } from "./served-engine.ts";

/** What the operator of a service may rely on when it changes the service. */
export function describeServiceSettings(open: OpenEngine): void {
  let engine: ReachedEngine;
  beforeEach(async () => {
    engine = await open();
  });
  afterEach(() => engine.close());

  describe("the settings of the service", () => {
    it("are replaced as a whole", async () => {
      const { authlete } = engine;
      const before = await authlete["service/get"]({});
      const updated = await authlete["service/update"]({ issuer: ISSUER, serviceName: "Ünseres", apiKey: 7 });
      expect(updated).toMatchObject({ serviceName: "Ünseres", apiKey: before.apiKey });
      for (const name of ["jwks", "supportedScopes", "tokenEndpoint"])
        expect(updated).not.toHaveProperty(name);
      expect(await authlete["service/get"]({})).toEqual(updated);
      expect(await authlete["service/get/list"]({})).toMatchObject({ totalCount: 1, services: [updated] });
    });

    it("stay as they are when one of them is wrong", async () => {
      const { authlete } = engine;
      const before = await authlete["service/get"]({});
      for (const wrong of [{ issuer: "ftp://x" }, { accessTokenDuration: -1 }, { fapiModes: ["FAPI9"] }]) {
        const update = authlete["service/update"]({ ...before, ...wrong } as never);
        await expect(update).rejects.toMatchObject({ status: 400, resultCode: "A126202" });
      }
      expect(await authlete["service/get"]({})).toEqual(before);
    });

    it("bring keys that sign at once", async () => {
      const { authlete } = engine;
      const key = await generateSignatureKey("ES256");
      const before = await authlete["service/get"]({});
      await authlete["service/update"]({
        ...before,
        accessTokenSignAlg: "ES256",
        jwks: JSON.stringify({ keys: [key] }),
      });
      const { jwtAccessToken = "" } = await issuedFor(engine);
      expect(jwtParts(jwtAccessToken).header.kid).toBe(key.kid);
      const { keys } = await authlete["service/jwks/get"]({});
      expect(keys.map(({ kid }) => kid)).toEqual([key.kid]);
    });
  });

  describe("the discovery document", () => {
    const read = (request = {}) => engine.authlete["service/configuration"](request);

    it("follows the settings", async () => {
      expect(await read()).toMatchObject({ issuer: ISSUER, token_endpoint: `${ISSUER}/oauth/token` });
      await engine.setService({ tokenEndpoint: "https://other.example/token", supportedAcrs: ["ä"] });
      expect(await read()).toMatchObject({
        token_endpoint: "https://other.example/token",
        acr_values_supported: ["ä"],
      });
    });

    it("takes a patch, and refuses one that does not fit", async () => {
      const before = await read();
      const patch = JSON.stringify([{ op: "add", path: "/own", value: { ä: [1] } }]);
      expect(await read({ patch, pretty: true })).toEqual({ ...before, own: { ä: [1] } });
      const refused = { status: 400, resultCode: "A126202" };
      await expect(read({ patch: '[{"op":"remove","path":"/own"}]' })).rejects.toMatchObject(refused);
      expect(await read()).toEqual(before);
    });
  });
}
