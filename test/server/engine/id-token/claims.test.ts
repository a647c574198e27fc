import { createHash, generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import type { Service } from "../../../../src/server/authlete/service.ts";
import type { IdTokenRequest } from "../../../../src/server/engine/id-token/id-token.ts";
import { ISSUER } from "../../../support/engine.ts";
import { jwkSet } from "../../../support/jwt.ts";
import { at, claimsOf, client, grant } from "./making.ts";

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
    expect(await claimsOf(inSession, { backchannelLogoutSessionSupported: true })).toMatchObject({
      sid: "s-1",
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
