import { generateKeyPairSync, hash } from "node:crypto";
import { compactDecrypt, createLocalJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  contentOf,
  form,
  jwtParts,
  oauthError,
  openTestEngine,
  type TestEngine,
} from "../../../support/engine.ts";
import { storedToken } from "../../../support/stored-token.ts";

let test: TestEngine;
let token: string;
beforeEach(async () => {
  test = await openTestEngine();
  ({ accessToken: token } = await storedToken(test));
});
afterEach(() => test.close());

const RS = "https://api.example";
const accept = "application/token-introspection+jwt";

const introspect = (request: Record<string, unknown> = {}, presented = token) =>
  test.engine["auth/introspection/standard"]({
    parameters: form({ token: presented }),
    rsUri: RS,
    httpAcceptHeader: accept,
    ...request,
  });

async function verified(jwt: string) {
  const { keys } = await test.engine["service/jwks/get"]({});
  const currentDate = new Date(test.clock());
  return jwtVerify(jwt, createLocalJWKSet({ keys: keys ?? [] } as never), { audience: RS, currentDate });
}

describe("an introspection answer as a JWT", () => {
  it("is signed with RS256 for the resource server that asks", async () => {
    const answer = await introspect();
    expect(answer).toMatchObject({ action: "JWT", resultCode: "A145001" });
    const { payload, protectedHeader } = await verified(contentOf(answer));
    expect(protectedHeader).toMatchObject({ alg: "RS256", typ: "token-introspection+jwt" });
    expect(payload).toEqual({
      iss: "https://as.example",
      aud: RS,
      iat: test.clock() / 1000,
      token_introspection: expect.objectContaining({ active: true, sub: "alice", client_id: "2000" }),
    });
  });

  it("says no more of a token that is not active than JSON does", async () => {
    const { payload } = await verified(contentOf(await introspect({}, "unknown")));
    expect(payload.token_introspection).toEqual({ active: false });
  });

  it.each(["ES256", "PS256", "EdDSA"])("is signed with %s on demand", async (alg) => {
    const jwt = contentOf(await introspect({ introspectionSignAlg: alg }));
    expect((await verified(jwt)).protectedHeader.alg).toBe(alg);
  });

  it("is signed with a shared key", async () => {
    const sharedKeyForSign = "k".repeat(32);
    const jwt = contentOf(await introspect({ introspectionSignAlg: "HS256", sharedKeyForSign }));
    const currentDate = new Date(test.clock());
    const { protectedHeader } = await jwtVerify(jwt, Buffer.from(sharedKeyForSign), { currentDate });
    expect(protectedHeader.alg).toBe("HS256");
  });

  it("is encrypted for a public key", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const jwk = { ...publicKey.export({ format: "jwk" }), kid: "rs-1" };
    const answer = await introspect({
      introspectionEncryptionAlg: "RSA_OAEP_256",
      introspectionEncryptionEnc: "A256GCM",
      publicKeyForEncryption: JSON.stringify(jwk),
    });
    const { plaintext, protectedHeader } = await compactDecrypt(contentOf(answer), privateKey);
    expect(protectedHeader).toEqual({ alg: "RSA-OAEP-256", enc: "A256GCM", kid: "rs-1", cty: "JWT" });
    expect((await verified(Buffer.from(plaintext).toString())).payload.aud).toBe(RS);
  });

  it("is encrypted with a shared key, in A128CBC-HS256 unless the call says otherwise", async () => {
    const answer = await introspect({
      introspectionEncryptionAlg: "A128KW",
      sharedKeyForEncryption: "shared",
    });
    const key = hash("sha256", "shared", "buffer").subarray(0, 16);
    const { plaintext, protectedHeader } = await compactDecrypt(contentOf(answer), key);
    expect(protectedHeader).toMatchObject({ alg: "A128KW", enc: "A128CBC-HS256" });
    expect(jwtParts(Buffer.from(plaintext).toString()).payload.aud).toBe(RS);
  });

  it("takes the key that the service names", async () => {
    const { keys = [] } = await test.engine["service/jwks/get"]({ includePrivateKeys: true });
    const own = keys.find(({ alg }) => alg === "ES256");
    const jwks = JSON.stringify({ keys: [...keys, { ...own, kid: "second" }] });
    await test.setService({ jwks });
    const ambiguous = await introspect({ introspectionSignAlg: "ES256" });
    expect(ambiguous).toMatchObject({ action: "INTERNAL_SERVER_ERROR", resultCode: "A902203" });
    await test.setService({ introspectionSignatureKeyId: "second" });
    const jwt = contentOf(await introspect({ introspectionSignAlg: "ES256" }));
    expect(jwtParts(jwt).header.kid).toBe("second");
  });
});

describe("an introspection answer is a JWT only if that is asked for", () => {
  it.each([
    [accept, "JWT"],
    ["Application/Token-Introspection+JWT", "JWT"],
    [`text/html, ${accept};q=0.5`, "JWT"],
    [`${accept}, application/json;q=0.9`, "JWT"],
    [`${accept};q=0.1, application/json`, "OK"],
    [`${accept};q=0`, "OK"],
    [`${accept};q=x`, "OK"],
    ["application/json", "OK"],
    ["application/jwt", "OK"],
    ["*/*", "OK"],
    ["", "OK"],
    [null, "OK"],
    [undefined, "OK"],
  ])("%j", async (httpAcceptHeader, action) => {
    expect(await introspect({ httpAcceptHeader })).toMatchObject({ action });
  });
});

describe("an introspection answer as a JWT is refused", () => {
  const jwk = () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    return JSON.stringify(publicKey.export({ format: "jwk" }));
  };

  it.each([
    ["without the resource server", "A404301", { rsUri: undefined }],
    ["with an empty resource server", "A404301", { rsUri: "" }],
    ["unsigned", "A902202", { introspectionSignAlg: "NONE" }],
    ["with an unknown algorithm", "A902202", { introspectionSignAlg: "none" }],
    ["with an algorithm that has no key", "A902203", { introspectionSignAlg: "ES512" }],
    ["with a shared key that is missing", "A902204", { introspectionSignAlg: "HS256" }],
    [
      "with a short shared key",
      "A902204",
      { introspectionSignAlg: "HS512", sharedKeyForSign: "k".repeat(63) },
    ],
    ["with RSA1_5", "A902205", { introspectionEncryptionAlg: "RSA1_5", publicKeyForEncryption: jwk() }],
    [
      "with an unknown encryption",
      "A902205",
      { introspectionEncryptionAlg: "DIR", introspectionEncryptionEnc: "x" },
    ],
    ["without a public key", "A902206", { introspectionEncryptionAlg: "RSA_OAEP_256" }],
    [
      "for a key of another kind",
      "A902206",
      { introspectionEncryptionAlg: "RSA_OAEP_256", publicKeyForEncryption: jwk() },
    ],
    [
      "for what is no key",
      "A902206",
      { introspectionEncryptionAlg: "ECDH_ES", publicKeyForEncryption: "{}" },
    ],
    ["without a shared key", "A902206", { introspectionEncryptionAlg: "A128KW" }],
  ])("%s", async (_, code, request) => {
    const answer = await introspect(request);
    const isRequest = code === "A404301";
    expect(answer).toMatchObject({
      resultCode: code,
      action: isRequest ? "BAD_REQUEST" : "INTERNAL_SERVER_ERROR",
    });
    expect(oauthError(answer).error).toBe(isRequest ? "invalid_request" : "server_error");
    expect(contentOf(answer)).not.toContain("alice");
  });
});
