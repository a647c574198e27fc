import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ISSUER, issued, type TestEngine, testKeys } from "../../../support/engine.ts";
import { freshCode, openGrantEngine, redeem, web } from "../../../support/grants.ts";
import { signJwt } from "../../../support/jwt.ts";
import { type Claims, exchange, expectRefused, foreignKey, requestError } from "./exchange.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openGrantEngine({ service: { allowableClockSkew: 0 } });
});
afterEach(() => test.close());

const seconds = () => test.clock() / 1000;

describe("an ID token for exchange", () => {
  const ownKey = async (alg: string) => {
    const { createPrivateKey } = await import("node:crypto");
    const { keys: all } = JSON.parse(await testKeys()) as { keys: (JsonWebKey & { kid: string })[] };
    const jwk = all.find((key) => key.alg === alg) as JsonWebKey & { kid: string };
    return { key: createPrivateKey({ key: jwk as never, format: "jwk" }), header: { alg, kid: jwk.kid } };
  };
  const idToken = async (change: Claims = {}, header: Claims = {}) => {
    const own = await ownKey("ES256");
    const now = seconds();
    const payload = { iss: ISSUER, sub: "alice", aud: [web.id], exp: now + 60, iat: now, ...change };
    return signJwt(own.key, { header: { ...own.header, ...header }, payload });
  };

  it("of this service passes, and so does one that the engine issued", async () => {
    expect((await exchange(test, [await idToken(), "id_token"])).action).toBe("TOKEN_EXCHANGE");
    const { idToken: own } = issued(
      await redeem(test, await freshCode(test, { grant: { idToken: { nonce: "n" } } })),
    );
    expect(await exchange(test, [String(own), "id_token"])).toMatchObject({
      action: "TOKEN_EXCHANGE",
      subjectToken: own,
    });
  });

  it.each<[string, string, Claims, Claims?]>([
    ["A901317", "exp is missing", { exp: undefined }],
    ["A901313", "exp is over", { exp: 1 }],
    ["A901318", "iat is missing", { iat: undefined }],
    ["A901314", "iat is to come", { iat: 2 ** 31 }],
    ["A901315", "nbf is to come", { nbf: 2 ** 31 }],
    ["A901319", "iss is missing", { iss: undefined }],
    ["A901319", "iss is no URL", { iss: "issuer" }],
    ["A901319", "iss is not https", { iss: "http://as.example" }],
    ["A901319", "iss has a query", { iss: `${ISSUER}/?` }],
    ["A901319", "iss has a fragment", { iss: `${ISSUER}/#` }],
    ["A901320", "aud is missing", { aud: undefined }],
    ["A901320", "aud is no text", { aud: [7] }],
    ["A901321", "nonce is no text", { nonce: 7 }],
    ["A901323", "it comes from another issuer", { iss: "https://other.example" }],
    ["A901311", "it says that it is something else", {}, { typ: "at+jwt" }],
  ])("%s: is refused when %s", async (code, _, claims, header = {}) => {
    await expectRefused(
      test,
      exchange(test, [await idToken(claims, header), "id_token"]),
      requestError(code),
    );
  });

  it("is signed by the issuer, with a key that all can verify", async () => {
    const now = seconds();
    const payload = { iss: ISSUER, sub: "alice", aud: [web.id], exp: now + 60, iat: now };
    const { privateKey } = await foreignKey;
    const { header } = await ownKey("ES256");
    await expectRefused(
      test,
      exchange(test, [await signJwt(privateKey, { header, payload }), "id_token"]),
      requestError("A901324"),
    );
    const mac = await signJwt(Buffer.from(web.secret), { header: { alg: "HS256" }, payload });
    await expectRefused(test, exchange(test, [mac, "id_token"]), requestError("A901322"));
    const [head, body, signature] = (await idToken()).split(".");
    const changed = Buffer.from(JSON.stringify({ ...payload, sub: "bob" })).toString("base64url");
    await expectRefused(
      test,
      exchange(test, [`${head}.${changed}.${signature}`, "id_token"]),
      requestError("A901324"),
    );
    expect((await exchange(test, [`${head}.${body}.${signature}`, "id_token"])).action).toBe(
      "TOKEN_EXCHANGE",
    );
  });

  it("is no access token of this service", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const { jwtAccessToken } = issued(
      await redeem(test, await freshCode(test, { grant: { resources: ["https://a.example"] } })),
    );
    await expectRefused(test, exchange(test, [String(jwtAccessToken), "id_token"]), requestError("A901311"));
  });
});
