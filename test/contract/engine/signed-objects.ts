import { createPrivateKey } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jwkSet, makeKeys, signJwt, unsigned } from "../../support/jwt.ts";
import type { OpenEngine, ReachedEngine } from "./served-engine.ts";

/** What callers may rely on when they have a signed object verified. */
export function describeSignedObjects(open: OpenEngine): void {
  let engine: ReachedEngine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  const verify = (request: { jose: string }) => engine.authlete["jose/verify"](request);
  const seconds = () => Math.floor(engine.clock() / 1000);

  describe("a signed object", () => {
    it("of the service is valid, until it expires", async () => {
      const { keys } = await engine.authlete["service/jwks/get"]({ includePrivateKeys: true });
      const jwk = keys.find(({ alg }) => alg === "ES256") as JsonWebKey;
      const jose = await signJwt(createPrivateKey({ key: jwk, format: "jwk" }), {
        header: { alg: "ES256" },
        payload: { sub: "alice", exp: seconds() + 60 },
      });
      expect(await verify({ jose })).toMatchObject({
        resultCode: "A160001",
        valid: true,
        signatureValid: true,
      });
      const missing = await verify({ jose, mandatoryClaims: ["iss", "sub"] } as never);
      expect(missing).toMatchObject({ valid: false, signatureValid: true, missingClaims: ["iss"] });
      engine.clock.advance(61_000);
      expect(await verify({ jose })).toMatchObject({ valid: false, invalidClaims: ["exp"] });
      expect(await verify({ jose, clockSkew: 10 } as never)).toMatchObject({ valid: true });
    });

    it("of a client is valid for that client alone", async () => {
      const own = await makeKeys("EdDSA", "key-1");
      const { clientId } = await engine.authlete["client/create"]({ jwks: jwkSet(own.jwk) });
      const jose = await signJwt(own.privateKey, {
        header: { alg: "EdDSA", kid: "key-1" },
        payload: { a: 1 },
      });
      const ofClient = (clientIdentifier: unknown) =>
        verify({ jose, signedByClient: true, clientIdentifier } as never);
      expect(await ofClient(String(clientId))).toMatchObject({ valid: true, signatureValid: true });
      expect(await ofClient("2001")).toMatchObject({ valid: false, signatureValid: false });
      expect(await ofClient("999")).toMatchObject({ valid: false, resultCode: "A160216" });
      expect(await verify({ jose })).toMatchObject({ valid: false, signatureValid: false });
    });

    it("without a signature is never valid", async () => {
      const jose = unsigned({ alg: "none" }, { sub: "alice" });
      expect(await verify({ jose })).toMatchObject({ valid: false, signatureValid: false });
    });
  });
}
