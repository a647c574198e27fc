import { createHash, generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { type CompactJWSHeaderParameters, compactDecrypt, createLocalJWKSet, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import type { Service } from "../../../../src/server/authlete/service.ts";
import { type IdTokenRequest, idTokenFor } from "../../../../src/server/engine/id-token/id-token.ts";
import { Refusal } from "../../../../src/server/engine/refusal.ts";
import { ISSUER, jwtParts, testKeys } from "../../../support/engine.ts";
import { engineContext } from "../../../support/engine-context.ts";
import { jwkSet } from "../../../support/jwt.ts";

const at = Date.UTC(2030, 0, 1);
const secret = "s".repeat(64);
const client: Client = { clientId: 4000, clientType: "CONFIDENTIAL", clientSecret: secret };
const grant: IdTokenRequest["grant"] = {
  subject: "alice",
  scopes: ["openid", "profile"],
  clientIdAliasUsed: false,
};
const request: IdTokenRequest = { client, grant, besideAccessToken: true };

async function make(change: Partial<IdTokenRequest> = {}, service: Partial<Service> = {}) {
  const context = engineContext({ issuer: ISSUER, jwks: await testKeys(), ...service }, { at });
  return idTokenFor(context, { ...request, ...change });
}

const claimsOf = async (change: Partial<IdTokenRequest> = {}, service: Partial<Service> = {}) =>
  jwtParts(await make(change, service)).payload;

async function refusedWith(change: Partial<IdTokenRequest>, service: Partial<Service> = {}) {
  const failure = await make(change, service).catch((error: unknown) => error);
  return failure instanceof Refusal ? failure.code : `no refusal: ${String(failure)}`;
}

async function serviceKeys() {
  const { keys } = JSON.parse(await testKeys()) as { keys: Record<string, unknown>[] };
  return createLocalJWKSet({ keys: keys.map(({ d: _d, ...key }) => key) } as Parameters<
    typeof createLocalJWKSet
  >[0]);
}

const expected = { issuer: ISSUER, audience: "4000", currentDate: new Date(at) };

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

describe("what an ID token says", () => {
  it("of user and authentication", async () => {
    const claims = await claimsOf({
      grant: { ...grant, acr: "high", authTime: 1_893_000_000, idToken: { nonce: "n-1" } },
    });
    expect(claims).toEqual({
      iss: ISSUER,
      sub: "alice",
      aud: ["4000"],
      exp: at / 1000 + 3600,
      iat: at / 1000,
      auth_time: 1_893_000_000,
      acr: "high",
      nonce: "n-1",
    });
  });

  it("repeats an empty nonce, and does not invent one", async () => {
    expect(await claimsOf({ grant: { ...grant, idToken: { nonce: "" } } })).toMatchObject({ nonce: "" });
    expect(await claimsOf({ grant: { ...grant, idToken: {} } })).not.toHaveProperty("nonce");
  });

  it.each<[string | string[], "array" | "string" | undefined, string | undefined]>([
    [["4000"], undefined, undefined],
    [["4000"], undefined, "array"],
    ["4000", undefined, "string"],
    [["4000"], "array", "string"],
    ["4000", "string", "array"],
    [["4000"], undefined, "text"],
  ])(
    "%j is the audience when the caller says %s and the service %s",
    async (aud, audienceType, idTokenAudType) => {
      const idToken = audienceType === undefined ? {} : { audienceType };
      expect((await claimsOf({ grant: { ...grant, idToken } }, { idTokenAudType })).aud).toEqual(aud);
    },
  );

  it("calls the client by its alias where it called itself so", async () => {
    const named = { ...client, clientIdAlias: "web" };
    expect((await claimsOf({ client: named })).aud).toEqual(["4000"]);
    expect((await claimsOf({ client: named, grant: { ...grant, clientIdAliasUsed: true } })).aud).toEqual([
      "web",
    ]);
    expect((await claimsOf({ grant: { ...grant, clientIdAliasUsed: true } })).aud).toEqual(["4000"]);
  });

  it.each<[number, Partial<Service>, Client]>([
    [3600, {}, client],
    [300, { idTokenDuration: 300 }, client],
    [200, { idTokenDuration: 300 }, { ...client, extension: { idTokenDuration: 200 } }],
    [300, { idTokenDuration: 300 }, { ...client, extension: { idTokenDuration: 900 } }],
    [
      60,
      {
        idTokenDuration: 300,
        supportedScopes: [{ name: "profile", attributes: [{ key: "id_token.duration", value: "60" }] }],
      },
      client,
    ],
    [3600, { idTokenDuration: 0 }, { ...client, extension: { idTokenDuration: 0 } }],
  ])("lives %i seconds", async (seconds, service, changed) => {
    const { exp, iat } = await claimsOf({ client: changed }, service);
    expect(Number(exp) - Number(iat)).toBe(seconds);
  });

  it("tells of the session only where the service has Native SSO", async () => {
    const inSession = { grant: { ...grant, sessionId: "s-1" }, deviceSecretHash: "d-1" };
    expect(await claimsOf(inSession, { nativeSsoSupported: true })).toMatchObject({
      sid: "s-1",
      ds_hash: "d-1",
    });
    expect(await claimsOf(inSession)).not.toHaveProperty("sid");
  });

  it("vouches with half a hash, that of its algorithm", async () => {
    const vouchesFor = {
      accessToken: "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y",
      code: "c-1",
      state: "af0ifjsldkj",
    };
    const half = (hash: string, value: string) => {
      const bytes = createHash(hash).update(value).digest();
      return bytes.subarray(0, bytes.length / 2).toString("base64url");
    };
    for (const [alg, hash] of [
      ["RS256", "sha256"],
      ["HS384", "sha384"],
      ["HS512", "sha512"],
      ["EdDSA", "sha512"],
    ] as const) {
      expect(await claimsOf({ client: { ...client, idTokenSignAlg: alg }, vouchesFor })).toMatchObject({
        at_hash: half(hash, vouchesFor.accessToken),
        c_hash: half(hash, vouchesFor.code),
        s_hash: half(hash, vouchesFor.state),
      });
    }
    // OIDC Core A.3
    expect((await claimsOf({ vouchesFor })).at_hash).toBe("77QmUPtjPfzWtF2AnpK9RQ");
    const { privateKey } = generateKeyPairSync("ed448");
    const jwks = jwkSet(privateKey.export({ format: "jwk" }));
    const shake = createHash("shake256", { outputLength: 114 }).update("c-1").digest().subarray(0, 57);
    const ed448 = await claimsOf({ client: { ...client, idTokenSignAlg: "EdDSA" }, vouchesFor }, { jwks });
    expect(ed448.c_hash).toBe(shake.toString("base64url"));
  });

  it("in push mode vouches for the refresh token and names the request", async () => {
    expect(await claimsOf({ vouchesFor: { refreshToken: "r-1" }, authReqId: "q-1" })).toMatchObject({
      "urn:openid:params:jwt:claim:rt_hash": expect.any(String),
      "urn:openid:params:jwt:claim:auth_req_id": "q-1",
    });
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

describe("claims of the end-user", () => {
  const given = { name: "Alice", "name#ja": "アリス", email: "a@example.com", plan: "pro", nickname: null };
  const withClaims = (change: Partial<IdTokenRequest["grant"]>, requestedClaims: string[] = []) => ({
    grant: { ...grant, ...change, idToken: { claims: JSON.stringify(given), requestedClaims } },
  });
  const namesIn = async (change: Partial<IdTokenRequest>, service: Partial<Service> = {}) => {
    const own = ["iss", "sub", "aud", "exp", "iat"];
    return Object.keys(await claimsOf(change, service)).filter((name) => !own.includes(name));
  };

  it("that are standard go in when scopes or the claims request ask for them, in every language", async () => {
    expect(await namesIn(withClaims({}))).toEqual(["name", "name#ja", "plan"]);
    expect(await namesIn(withClaims({ scopes: ["openid", "email"] }))).toEqual(["email", "plan"]);
    expect(await namesIn(withClaims({ scopes: ["openid"] }))).toEqual(["plan"]);
    expect(await namesIn(withClaims({ scopes: ["openid"] }, ["email", "name#de"]))).toEqual([
      ...["name", "name#ja", "email", "plan"],
    ]);
  });

  it("asked for by scope stay out beside an access token where the service wants that", async () => {
    const restrictive = { claimShortcutRestrictive: true };
    expect(await namesIn(withClaims({}), restrictive)).toEqual(["plan"]);
    expect(await namesIn(withClaims({}, ["email"]), restrictive)).toEqual(["email", "plan"]);
    const alone = { ...withClaims({}), besideAccessToken: false };
    expect(await namesIn(alone, restrictive)).toEqual(["name", "name#ja", "plan"]);
  });

  it("all go in where clients cannot ask", async () => {
    const change = { ...withClaims({ scopes: ["openid"] }), claimsAsGiven: true };
    expect(await namesIn(change)).toEqual(["name", "name#ja", "email", "plan"]);
  });

  it("never touch what the engine says, or could say", async () => {
    const own = ["iss", "sub", "aud", "azp", "exp", "iat", "auth_time", "acr", "nonce"];
    const hashes = ["at_hash", "c_hash", "s_hash", "sid", "ds_hash"];
    const ciba = ["urn:openid:params:jwt:claim:rt_hash", "urn:openid:params:jwt:claim:auth_req_id"];
    const claims = JSON.stringify(
      Object.fromEntries([...own, ...hashes, ...ciba].map((name) => [name, "x"])),
    );
    const plain = await claimsOf();
    expect(await claimsOf({ grant: { ...grant, idToken: { claims } }, claimsAsGiven: true })).toEqual(plain);
  });

  it("come out as they went in, whatever they are", async () => {
    const own = new Set(["iss", "sub", "aud", "azp", "exp", "iat", "auth_time", "acr", "nonce"]);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), async (any) => {
        const text = JSON.stringify(any);
        const kept = Object.entries(JSON.parse(text) as object).filter(
          ([name, value]) => value !== null && !own.has(name),
        );
        const es256 = { ...client, idTokenSignAlg: "ES256" };
        const payload = await claimsOf({
          client: es256,
          grant: { ...grant, idToken: { claims: text } },
          claimsAsGiven: true,
        });
        const { iss, sub, aud, exp, iat, ...others } = payload;
        expect(new Map(Object.entries(others))).toEqual(new Map(kept));
        const plain = await claimsOf({ client: es256 });
        expect({ iss, sub, aud, exp, iat }).toEqual(plain);
      }),
      { numRuns: 100 },
    );
  });
});
