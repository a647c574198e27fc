import { createHash, generateKeyPairSync } from "node:crypto";
import { type CompactJWSHeaderParameters, compactDecrypt, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import type { Service } from "../../../../src/server/authlete/service.ts";
import { ISSUER, jwtParts } from "../../../support/engine.ts";
import { jwkSet } from "../../../support/jwt.ts";
import { at, client, expected, grant, make, refusedWith, secret, serviceKeys } from "./making.ts";

describe("the signature of an ID token", () => {
  it.each(["RS256", "PS256", "ES256", "EdDSA"] as const)(
    "%s: verifies with the published keys",
    async (alg) => {
      const idToken = await make({ client: { ...client, idTokenSignAlg: alg } });
      const { payload, protectedHeader } = await jwtVerify(idToken, await serviceKeys(), expected);
      expect(protectedHeader).toEqual({ alg, kid: expect.any(String) });
      expect(payload).toEqual({
        iss: ISSUER,
        sub: "alice",
        aud: ["4000"],
        exp: at / 1000 + 3600,
        iat: at / 1000,
      });
    },
  );

  it.each(["HS256", "HS384", "HS512"] as const)("%s: verifies with the client secret", async (alg) => {
    const idToken = await make({ client: { ...client, idTokenSignAlg: alg } });
    const { protectedHeader } = await jwtVerify(idToken, Buffer.from(secret), expected);
    expect(protectedHeader).toEqual({ alg });
  });

  it("is RS256 when the client says nothing", async () => {
    expect(jwtParts(await make()).header.alg).toBe("RS256");
  });

  it("comes from the key that the service names, where several fit", async () => {
    const key = (kid: string) => {
      const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      return { ...privateKey.export({ format: "jwk" }), kid };
    };
    const jwks = jwkSet(key("a"), key("b"));
    const es256 = { client: { ...client, idTokenSignAlg: "ES256" } };
    expect(await refusedWith(es256, { jwks })).toBe("A046204");
    expect(jwtParts(await make(es256, { jwks, idTokenSignatureKeyId: "b" })).header).toEqual({
      alg: "ES256",
      kid: "b",
    });
    expect(await refusedWith(es256, { jwks, idTokenSignatureKeyId: "c" })).toBe("A046203");
  });

  it.each<[string, string, Client, Partial<Service>]>([
    ["A046301", "the client wants none", { ...client, idTokenSignAlg: "NONE" }, {}],
    ["A046102", "the algorithm is unknown", { ...client, idTokenSignAlg: "RS1" }, {}],
    ["A046203", "the service has no key for it", { ...client, idTokenSignAlg: "ES512" }, {}],
    ["A046203", "the service has no keys", client, { jwks: undefined }],
    [
      "A046113",
      "the secret is too short",
      { ...client, idTokenSignAlg: "HS512", clientSecret: "s".repeat(63) },
      {},
    ],
    [
      "A406301",
      "the client has no secret",
      { ...client, idTokenSignAlg: "HS256", clientSecret: undefined },
      {},
    ],
    ["A406301", "the client is public", { ...client, idTokenSignAlg: "HS256", clientType: "PUBLIC" }, {}],
  ])("%s: %s", async (code, _, changed, service) => {
    expect(await refusedWith({ client: changed }, service)).toBe(code);
  });
});

describe("the encryption of an ID token", () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = { ...rsa.publicKey.export({ format: "jwk" }), kid: "enc-1", use: "enc" };
  const encrypted: Client = { ...client, idTokenEncryptionAlg: "RSA_OAEP_256", jwks: jwkSet(jwk) };

  it("is inside out: what the client decrypts is the signed ID token", async () => {
    const jwe = await make({
      client: { ...encrypted, idTokenEncryptionEnc: "A256GCM", idTokenSignAlg: "ES256" },
    });
    const { plaintext, protectedHeader } = await compactDecrypt(jwe, rsa.privateKey);
    expect(protectedHeader).toEqual({ alg: "RSA-OAEP-256", enc: "A256GCM", kid: "enc-1", cty: "JWT" });
    const { payload } = await jwtVerify(Buffer.from(plaintext).toString(), await serviceKeys(), expected);
    expect(payload.sub).toBe("alice");
  });

  it("is A128CBC-HS256 when the client names no content encryption", async () => {
    const { protectedHeader } = await compactDecrypt(await make({ client: encrypted }), rsa.privateKey);
    expect(protectedHeader.enc).toBe("A128CBC-HS256");
  });

  it("may use the client secret", async () => {
    const jwe = await make({
      client: { ...client, idTokenEncryptionAlg: "DIR", idTokenEncryptionEnc: "A128GCM" },
    });
    const key = createHash("sha256").update(secret).digest().subarray(0, 16);
    const { plaintext } = await compactDecrypt(jwe, key);
    await jwtVerify(Buffer.from(plaintext).toString(), await serviceKeys(), expected);
  });

  it.each<[string, string, Client]>([
    ["A046109", "the algorithm is not supported", { ...encrypted, idTokenEncryptionAlg: "RSA1_5" }],
    ["A046109", "the content encryption is unknown", { ...encrypted, idTokenEncryptionEnc: "A1" }],
    ["A046303", "the client has no keys", { ...encrypted, jwks: undefined }],
    ["A046304", "its keys cannot be had", { ...encrypted, jwksUri: "https://nowhere.example/jwks" }],
    ["A046309", "none of its keys fits", { ...encrypted, idTokenEncryptionAlg: "ECDH_ES" }],
    ["A046311", "several of its keys fit", { ...encrypted, jwks: jwkSet(jwk, { ...jwk, kid: "enc-2" }) }],
    [
      "A046313",
      "it has no secret of its own",
      { ...encrypted, idTokenEncryptionAlg: "DIR", clientType: "PUBLIC" },
    ],
  ])("%s: %s", async (code, _, changed) => {
    expect(await refusedWith({ client: changed })).toBe(code);
  });
});

describe("the header of an ID token", () => {
  it("takes the caller's parameters, but not its own from them", async () => {
    const headerParameters = JSON.stringify({
      "x5t#S256": "t",
      typ: "JWT",
      alg: "none",
      kid: "forged",
      crit: ["b64"],
      b64: false,
    });
    const idToken = await make({ grant: { ...grant, idToken: { headerParameters } } });
    const header = jwtParts(idToken).header as CompactJWSHeaderParameters;
    expect(header).toEqual({ alg: "RS256", kid: expect.any(String), typ: "JWT", "x5t#S256": "t" });
    expect(header.kid).not.toBe("forged");
    await jwtVerify(idToken, await serviceKeys(), expected);
  });
});
