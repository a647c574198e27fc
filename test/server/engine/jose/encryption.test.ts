import { generateKeyPairSync } from "node:crypto";
import { CompactEncrypt, compactDecrypt, generateKeyPair } from "jose";
import { describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import { jweAlgSchema, jweEncSchema } from "../../../../src/server/authlete/enumerations.ts";
import { decryptFromClient } from "../../../../src/server/engine/jose/decrypt.ts";
import { encryptForClient } from "../../../../src/server/engine/jose/encrypt.ts";
import { jweAlgorithm, jweEncryption } from "../../../../src/server/engine/jose/jwe-algorithm.ts";
import { engineContext } from "../../../support/engine-context.ts";
import { encoded, jwkSet } from "../../../support/jwt.ts";

const text = '{"sub":"älice"}';
const secret = "a client secret that is long enough for everything";
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const okp = generateKeyPairSync("x25519");
const jwkOf = (key: typeof rsa.publicKey, members: object = {}) => ({
  ...key.export({ format: "jwk" }),
  use: "enc",
  ...members,
});

/** A client that has everything, and a service that has the private keys of the same pairs. */
const client: Client = {
  clientType: "CONFIDENTIAL",
  clientSecret: secret,
  jwks: jwkSet(jwkOf(rsa.publicKey, { kid: "r" }), jwkOf(ec.publicKey, { kid: "e" })),
};
const service = { jwks: jwkSet(jwkOf(rsa.privateKey, { kid: "r" }), jwkOf(ec.privateKey, { kid: "e" })) };
const usable = jweAlgSchema.options.filter((alg) => alg !== "RSA1_5");

describe("encryption for a client, and decryption of what it encrypted", () => {
  it.each(usable)("%s: fit together with every content encryption", async (alg) => {
    for (const enc of jweEncSchema.options) {
      const { jwe } = await encryptForClient(engineContext(), client, { text, alg, enc });
      expect(await decryptFromClient(engineContext(service), client, { jwe: String(jwe) })).toEqual({ text });
    }
  });

  it.each([
    ["RSA_OAEP_256", rsa.privateKey, "r"],
    ["ECDH_ES_A128KW", ec.privateKey, "e"],
  ] as const)("%s: others decrypt it", async (alg, key, kid) => {
    const { jwe } = await encryptForClient(engineContext(), client, {
      text,
      alg,
      enc: undefined,
      contentType: "JWT",
    });
    const { plaintext, protectedHeader } = await compactDecrypt(String(jwe), key);
    expect(Buffer.from(plaintext).toString()).toBe(text);
    expect(protectedHeader).toMatchObject({
      alg: jweAlgorithm(alg)?.alg,
      enc: "A128CBC-HS256",
      kid,
      cty: "JWT",
    });
  });

  it("agrees on a key with X25519", async () => {
    const own = { jwks: jwkSet(jwkOf(okp.publicKey)) };
    const { jwe } = await encryptForClient(engineContext(), own, { text, alg: "ECDH_ES", enc: "A256GCM" });
    const holder = engineContext({ jwks: jwkSet(jwkOf(okp.privateKey)) });
    expect(await decryptFromClient(holder, {}, { jwe: String(jwe) })).toEqual({ text });
  });

  it("makes keys of the client secret as OpenID Connect says", async () => {
    const { hash } = await import("node:crypto");
    const { jwe } = await encryptForClient(engineContext(), client, {
      text,
      alg: "DIR",
      enc: "A192CBC_HS384",
    });
    const { plaintext } = await compactDecrypt(String(jwe), hash("sha384", secret, "buffer"));
    expect(Buffer.from(plaintext).toString()).toBe(text);
    const wrapped = await encryptForClient(engineContext(), client, { text, alg: "A128KW", enc: "A128GCM" });
    await compactDecrypt(String(wrapped.jwe), hash("sha256", secret, "buffer").subarray(0, 16));
  });
});

describe("nothing is encrypted", () => {
  const failing = async (own: Client, alg: unknown, enc: unknown = "A128GCM") =>
    (await encryptForClient(engineContext(), own, { text, alg, enc })).failure;

  it("with an algorithm that is not to be used, or not known", async () => {
    expect(await failing(client, "RSA1_5")).toBe("algorithm");
    expect(await failing(client, "RSA-OAEP")).toBe("algorithm");
    expect(await failing(client, undefined)).toBe("algorithm");
    expect(await failing(client, "RSA_OAEP", "A128CBC")).toBe("algorithm");
  });

  it("without the one key it is for", async () => {
    expect(await failing({}, "RSA_OAEP")).toBe("not_registered");
    expect(await failing({ jwksUri: "https://client.example/jwks" }, "RSA_OAEP")).toBe("unavailable");
    expect(await failing({ jwks: jwkSet(jwkOf(ec.publicKey)) }, "RSA_OAEP")).toBe("no_key");
    expect(await failing({ jwks: jwkSet(jwkOf(rsa.publicKey, { use: "sig" })) }, "RSA_OAEP")).toBe("no_key");
    expect(await failing({ jwks: jwkSet(jwkOf(rsa.publicKey, { alg: "RSA-OAEP-256" })) }, "RSA_OAEP")).toBe(
      "no_key",
    );
    expect(await failing({ jwks: jwkSet(jwkOf(rsa.publicKey), jwkOf(rsa.publicKey)) }, "RSA_OAEP")).toBe(
      "several_keys",
    );
    const short = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey;
    expect(await failing({ jwks: jwkSet(jwkOf(short)) }, "RSA_OAEP")).toBe("no_key");
  });

  it.each(["DIR", "A256KW", "A256GCMKW", "PBES2_HS256_A128KW"])(
    "%s: without a secret that is one",
    async (alg) => {
      expect(await failing({ ...client, clientSecret: undefined }, alg)).toBe("no_secret");
      expect(await failing({ ...client, clientType: "PUBLIC" }, alg)).toBe("no_secret");
    },
  );
});

describe("nothing is decrypted", () => {
  const decrypted = (
    jwe: string,
    options: { own?: Client; demanded?: { alg?: unknown; enc?: unknown } } = {},
  ) =>
    decryptFromClient(engineContext(service), options.own ?? client, {
      jwe,
      ...(options.demanded ? { demanded: options.demanded } : {}),
    });
  const made = async (alg: string, enc: string) =>
    String((await encryptForClient(engineContext(), client, { text, alg, enc })).jwe);

  it("that is no JWE, or lacks its algorithms", async () => {
    expect(await decrypted("a.b.c")).toEqual({ failure: "malformed" });
    expect(await decrypted(`${encoded({ enc: "A128GCM" })}.a.a.a.a`)).toEqual({ failure: "no_alg" });
    expect(await decrypted(`${encoded({ alg: "dir" })}.a.a.a.a`)).toEqual({ failure: "no_enc" });
    expect(await decrypted(`${encoded({ alg: "RSA1_5", enc: "A128GCM" })}.a.a.a.a`)).toEqual({
      failure: "algorithm",
    });
    expect(await decrypted(`${encoded({ alg: "dir", enc: "A128CTR" })}.a.a.a.a`)).toEqual({
      failure: "encryption",
    });
  });

  it("with other algorithms than the client promised", async () => {
    const jwe = await made("RSA_OAEP_256", "A128GCM");
    expect(await decrypted(jwe, { demanded: { alg: "RSA_OAEP" } })).toEqual({ failure: "alg_mismatch" });
    expect(await decrypted(jwe, { demanded: { enc: "A256GCM" } })).toEqual({ failure: "enc_mismatch" });
    expect(await decrypted(jwe, { demanded: { alg: "RSA_OAEP_256", enc: "A128GCM" } })).toEqual({ text });
  });

  it("with another key or secret, or after it was altered", async () => {
    const jwe = await made("DIR", "A128GCM");
    expect(await decrypted(jwe, { own: { ...client, clientSecret: "another" } })).toEqual({
      failure: "undecryptable",
    });
    expect(await decrypted(jwe, { own: { clientType: "PUBLIC", clientSecret: secret } })).toEqual({
      failure: "no_secret",
    });
    expect(await decrypted(jwe.replace(/\.[^.]*$/, ".AAAAAAAAAAAAAAAAAAAAAA"))).toEqual({
      failure: "undecryptable",
    });
    const foreign = await generateKeyPair("RSA-OAEP");
    const header = { alg: "RSA-OAEP", enc: "A128GCM" };
    const other = await new CompactEncrypt(Buffer.from(text))
      .setProtectedHeader(header)
      .encrypt(foreign.publicKey);
    expect(await decrypted(other)).toEqual({ failure: "undecryptable" });
    const named = await new CompactEncrypt(Buffer.from(text))
      .setProtectedHeader({ ...header, kid: "x" })
      .encrypt(rsa.publicKey);
    expect(await decrypted(named)).toEqual({ failure: "no_key" });
  });

  it("that demands too much work", async () => {
    const password = Buffer.from(secret);
    const make = (p2c: number) =>
      new CompactEncrypt(Buffer.from(text))
        .setProtectedHeader({ alg: "PBES2-HS256+A128KW", enc: "A128GCM" })
        .setKeyManagementParameters({ p2c })
        .encrypt(password);
    expect(await decrypted(await make(10_000))).toEqual({ text });
    expect(await decrypted(await make(10_001))).toEqual({ failure: "undecryptable" });
  });

  it("that is compressed", async () => {
    const jwe = await new CompactEncrypt(Buffer.from("a".repeat(1000)))
      .setProtectedHeader({ alg: "RSA-OAEP", enc: "A128GCM", zip: "DEF" })
      .encrypt(rsa.publicKey);
    expect(await decrypted(jwe)).toEqual({ failure: "undecryptable" });
  });
});

it("the tables know every name of the API, and each header name once", () => {
  const names = usable.map((alg) => jweAlgorithm(alg)?.alg);
  expect(new Set(names).size).toBe(usable.length);
  expect(jweAlgorithm("RSA1_5")).toBeUndefined();
  expect(new Set(jweEncSchema.options.map((enc) => jweEncryption(enc)?.enc)).size).toBe(6);
});
