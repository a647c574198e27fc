import { compactVerify } from "jose";
import { describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import { publicJwk } from "../../../../src/server/engine/jose/public-jwk.ts";
import { signForAll, signForClient } from "../../../../src/server/engine/jose/sign.ts";
import { testKeys } from "../../../support/engine.ts";
import { engineContext } from "../../../support/engine-context.ts";
import { jwkSet, makeKeys } from "../../../support/jwt.ts";

const payload = { sub: "alice" };
const client: Client = { clientType: "CONFIDENTIAL", clientSecret: "s".repeat(64) };
const parts = (jwt = "") =>
  jwt
    .split(".")
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));

describe("signing with a key of the service", () => {
  it.each(["RS256", "PS256", "ES256", "EdDSA"] as const)("%s: others verify it", async (alg) => {
    const jwks = await testKeys();
    const { jwt } = signForClient(engineContext({ jwks }), client, { alg, typ: "JWT", payload });
    const own = JSON.parse(jwks).keys.find((key: { alg: string }) => key.alg === alg);
    const verified = await compactVerify(String(jwt), publicJwk(own));
    expect(verified.protectedHeader).toEqual({ alg, typ: "JWT", kid: own.kid });
    expect(Buffer.from(verified.payload).toString()).toBe(JSON.stringify(payload));
  });

  it("takes the key that the setting names, and no other", async () => {
    const [one, two] = await Promise.all([makeKeys("ES256", "one"), makeKeys("ES256", "two")]);
    const context = engineContext({ jwks: jwkSet(one.privateJwk, two.privateJwk) });
    const { jwt } = signForAll(context, { alg: "ES256", keyId: "two", payload });
    expect(parts(jwt)[0]).toEqual({ alg: "ES256", kid: "two" });
    await compactVerify(String(jwt), two.jwk);
    expect(signForAll(context, { alg: "ES256", keyId: "three", payload })).toEqual({ failure: "no_key" });
    expect(signForAll(context, { alg: "ES256", keyId: "", payload })).toEqual({ failure: "several_keys" });
    expect(signForAll(context, { alg: "ES256", payload })).toEqual({ failure: "several_keys" });
  });

  it("takes members for the header, but not in place of its own", async () => {
    const { privateJwk } = await makeKeys("ES256", "own");
    const headerParameters = { alg: "none", kid: "x", typ: "x", hint: 1 };
    const { jwt } = signForAll(engineContext({ jwks: jwkSet(privateJwk) }), {
      alg: "ES256",
      typ: "JWT",
      headerParameters,
      payload,
    });
    expect(parts(jwt)[0]).toEqual({ alg: "ES256", typ: "JWT", kid: "own", hint: 1 });
  });

  it.each([
    ["NONE", "no_algorithm"],
    [undefined, "no_algorithm"],
    ["", "no_algorithm"],
    ["none", "unknown_algorithm"],
    ["ES257", "unknown_algorithm"],
    ["toString", "unknown_algorithm"],
    ["ES256", "no_key"],
    ["HS256", "no_key"],
  ])("makes nothing with %s: %s", (alg, failure) => {
    expect(signForAll(engineContext({ jwks: jwkSet() }), { alg, payload })).toEqual({ failure });
  });

  it("makes nothing with a public key, a key for encryption, a broken one, or a short one", async () => {
    const { jwk, privateJwk } = await makeKeys("ES256");
    const { generateKeyPairSync } = await import("node:crypto");
    const short = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey.export({ format: "jwk" });
    const failing = (key: object, alg = "ES256") =>
      signForAll(engineContext({ jwks: jwkSet(key) }), { alg, payload });
    expect(failing(jwk)).toEqual({ failure: "no_key" });
    expect(failing({ ...privateJwk, use: "enc" })).toEqual({ failure: "no_key" });
    expect(failing({ ...privateJwk, alg: "ES384" })).toEqual({ failure: "no_key" });
    expect(failing({ ...privateJwk, x: "AAAA" })).toEqual({ failure: "no_key" });
    expect(failing(short, "RS256")).toEqual({ failure: "no_key" });
    expect(failing({ ...privateJwk, use: "sig" }).failure).toBeUndefined();
  });

  it("makes nothing of what JSON cannot say", async () => {
    const context = engineContext({ jwks: await testKeys() });
    expect(signForAll(context, { alg: "ES256", payload: { big: 1n } })).toEqual({ failure: "payload" });
  });
});

describe("signing with the client's secret", () => {
  it.each([
    ["HS256", 32],
    ["HS384", 48],
    ["HS512", 64],
  ])("%s: needs %i bytes of it", async (alg, bytes) => {
    const secret = "k".repeat(bytes);
    const signed = signForClient(engineContext(), { clientSecret: secret }, { alg, payload });
    const verified = await compactVerify(String(signed.jwt), Buffer.from(secret));
    expect(verified.protectedHeader).toEqual({ alg });
    const short = { clientSecret: secret.slice(1) };
    expect(signForClient(engineContext(), short, { alg, payload })).toEqual({ failure: "short_secret" });
  });

  it("needs a secret that is one", () => {
    const signing = { alg: "HS256", payload };
    expect(signForClient(engineContext(), {}, signing)).toEqual({ failure: "no_secret" });
    const open: Client = { clientType: "PUBLIC", clientSecret: "s".repeat(64) };
    expect(signForClient(engineContext(), open, signing)).toEqual({ failure: "no_secret" });
  });
});
