import { hash, randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ManagedGrant } from "../../../../src/server/engine/records.ts";
import { issueCertificate } from "../../../support/certificates.ts";
import {
  clients,
  contentOf,
  issuedTokens,
  openTestEngine,
  SERVICE_ID,
  type TestEngine,
} from "../../../support/engine.ts";
import { type Keys, makeKeys, signJwt } from "../../../support/jwt.ts";
import { storedToken } from "../../../support/stored-token.ts";

const ENDPOINT = "https://as.example/grants";
const { firstParty, backend, app } = clients;
const scopes = ["grant_management_query", "grant_management_revoke"];

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine({ service: { grantManagementEndpoint: ENDPOINT } });
  await storeGrant();
});
afterEach(() => test.close());

const storeGrant = (change: Partial<ManagedGrant> = {}) =>
  test.store.engine.write((writer) =>
    writer.upsertGrant({
      serviceId: SERVICE_ID,
      grantId: "grant-1",
      clientId: Number(firstParty.id),
      subject: "alice",
      grant: {
        scopes: [{ scope: "openid profile" }, { scope: "pay", resource: ["https://api.example/"] }],
        claims: ["email"],
        authorizationDetails: {
          elements: [{ type: "payment", actions: ["read"], otherFields: '{"amount":7}' }],
        },
      },
      createdAt: 1,
      updatedAt: 1,
      ...change,
    }),
  );
const findGrant = (grantId = "grant-1") => test.store.engine.read.findGrant(SERVICE_ID, grantId);
const managing = async (change: Parameters<typeof storedToken>[1] = {}) =>
  (await storedToken(test, { scopes, ...change })).accessToken;
const gm = (request: Record<string, unknown>) =>
  test.engine.gm({ gmAction: "QUERY", grantId: "grant-1", ...request } as never);

describe("a grant", () => {
  it("is shown to its client", async () => {
    const answer = await gm({ accessToken: await managing() });
    expect(answer).toEqual({
      resultCode: "A277001",
      resultMessage: expect.stringMatching(/^\[A277001\] /),
      action: "OK",
      responseContent: expect.any(String),
    });
    expect(JSON.parse(contentOf(answer))).toEqual({
      scopes: [{ scope: "openid profile" }, { scope: "pay", resource: ["https://api.example/"] }],
      claims: ["email"],
      authorization_details: [{ type: "payment", actions: ["read"], amount: 7 }],
    });
  });

  it("that holds nothing is shown as that", async () => {
    await storeGrant({ grantId: "empty", grant: {} });
    expect(contentOf(await gm({ grantId: "empty", accessToken: await managing() }))).toBe("{}");
  });

  it("is there for tokens that the client got for itself", async () => {
    const accessToken = await managing({ subject: undefined, grantType: "CLIENT_CREDENTIALS" });
    expect(await gm({ accessToken })).toMatchObject({ action: "OK" });
  });

  it("ends together with all tokens that came of it, and with no others", async () => {
    const accessToken = await managing();
    const own = await storedToken(test, { grantId: "grant-1" });
    const other = await storedToken(test, { grantId: "grant-2" });
    const answer = await gm({ gmAction: "REVOKE", accessToken });
    expect(answer).toEqual({
      resultCode: "A277001",
      resultMessage: expect.stringMatching(/^\[A277001\] /),
      action: "NO_CONTENT",
    });
    expect(await findGrant()).toBeUndefined();
    const introspect = (token: string) => test.engine["auth/introspection"]({ token });
    expect(await introspect(own.accessToken)).toMatchObject({ existent: false });
    expect(await introspect(other.accessToken)).toMatchObject({ existent: true, usable: true });
    expect(await gm({ accessToken })).toMatchObject({ action: "NOT_FOUND", resultCode: "A283301" });
  });

  it("ends with the token that ends it, if that came of it", async () => {
    const accessToken = await managing({ grantId: "grant-1" });
    expect(await gm({ gmAction: "REVOKE", accessToken })).toMatchObject({ action: "NO_CONTENT" });
    expect(await gm({ accessToken })).toMatchObject({ resultCode: "A279306" });
  });

  it("ends once, however many end it", async () => {
    const accessToken = await managing();
    const revoke = () => gm({ gmAction: "REVOKE", accessToken });
    const actions = (await Promise.all(Array.from({ length: 64 }, revoke))).map(({ action }) => action);
    expect(actions.filter((action) => action === "NO_CONTENT")).toHaveLength(1);
    expect(actions.filter((action) => action === "NOT_FOUND")).toHaveLength(63);
  });
});

/** A refusal with the parts of its challenge; it leaves grants and tokens as they were. */
async function refusalOf(request: Record<string, unknown>) {
  const before = [await findGrant(), await test.store.engine.read.countTokens(SERVICE_ID, {})];
  const answer = await gm(request);
  expect([await findGrant(), await test.store.engine.read.countTokens(SERVICE_ID, {})]).toEqual(before);
  const [, scheme, error] =
    /^(Bearer|DPoP) error="([a-z_]+)",error_description="\[A\d+\] /.exec(contentOf(answer)) ?? [];
  return { action: answer.action, code: (answer as { resultCode?: string }).resultCode, scheme, error };
}

const unauthorized = (code: string, scheme = "Bearer") => ({
  action: "UNAUTHORIZED",
  code,
  scheme,
  error: "invalid_token",
});
const notFound = { action: "NOT_FOUND", code: "A283301", scheme: "Bearer", error: "invalid_request" };

describe("a grant of somebody else is like none", () => {
  it.each(["QUERY", "REVOKE"])("%s: of another client", async (gmAction) => {
    const accessToken = await managing({ clientId: Number(backend.id) });
    expect(await refusalOf({ gmAction, accessToken })).toEqual(notFound);
    expect(await refusalOf({ gmAction, accessToken, grantId: "unknown" })).toEqual(notFound);
    expect(await gm({ gmAction, accessToken: await managing() })).not.toMatchObject({ action: "NOT_FOUND" });
  });

  it.each(["QUERY", "REVOKE"])("%s: of another subject of the client", async (gmAction) => {
    expect(await refusalOf({ gmAction, accessToken: await managing({ subject: "bob" }) })).toEqual(notFound);
  });

  it("and so is anything that was never a grant", async () => {
    const accessToken = await managing();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1 }), async (grantId) => {
        fc.pre(grantId !== "grant-1");
        for (const gmAction of ["QUERY", "REVOKE"]) {
          expect(await gm({ gmAction, accessToken, grantId })).toMatchObject({ resultCode: "A283301" });
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("the grant management endpoint refuses", () => {
  it.each([undefined, null, "", "CREATE", "query", 7])("a call for the action %j", async (gmAction) => {
    const accessToken = await managing();
    expect(await refusalOf({ gmAction, accessToken })).toMatchObject({
      action: "CALLER_ERROR",
      code: "A900208",
    });
  });

  it.each([undefined, null, "", 7])("a call for the grant %j", async (grantId) => {
    const accessToken = await managing();
    expect(await refusalOf({ grantId, accessToken })).toMatchObject({
      action: "CALLER_ERROR",
      code: "A900209",
    });
  });

  it.each([undefined, null, "", 7])("a call with the token %j", async (accessToken) => {
    expect(await refusalOf({ accessToken })).toEqual(unauthorized("A900313"));
  });

  it("a token that does not exist", async () => {
    expect(await refusalOf({ accessToken: "unknown" })).toEqual(unauthorized("A279306"));
    const { refreshToken } = await storedToken(test, { scopes });
    expect(await refusalOf({ accessToken: refreshToken })).toEqual(unauthorized("A279306"));
  });

  it("a JWT that is not a sound access token of the service", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const { jwtAccessToken = "" } = await issuedTokens(test.engine);
    const [header, payload, signature = ""] = jwtAccessToken.split(".");
    const forged = `${header}.${payload}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    expect(await refusalOf({ accessToken: forged })).toEqual(unauthorized("A900315"));
    const unsigned = "eyJhbGciOiJub25lIn0.e30.x";
    expect(await refusalOf({ accessToken: unsigned })).toEqual(unauthorized("A900314"));
    expect(await refusalOf({ accessToken: jwtAccessToken })).toMatchObject({ code: "A900328" });
  });

  it("a token from the moment that it ends", async () => {
    const accessToken = await managing();
    test.clock.advance(3_600_000 - 1);
    expect(await gm({ accessToken })).toMatchObject({ action: "OK" });
    test.clock.advance(1);
    expect(await refusalOf({ accessToken })).toEqual(unauthorized("A900317"));
  });

  it("a token whose client is gone or locked", async () => {
    expect(await refusalOf({ accessToken: await managing({ clientId: 999 }) })).toEqual(
      unauthorized("A900318"),
    );
    const accessToken = await managing();
    await test.setClient(firstParty.id, { locked: true });
    expect(await refusalOf({ accessToken })).toEqual(unauthorized("A900318"));
    await test.setClient(firstParty.id, { locked: false });
    expect(await gm({ accessToken })).toMatchObject({ action: "OK" });
  });

  it.each([
    ["QUERY", "grant_management_query", "grant_management_revoke"],
    ["REVOKE", "grant_management_revoke", "grant_management_query"],
  ])("%s with any scope but its own", async (gmAction, own, other) => {
    const accessToken = await managing({ scopes: ["openid", other] });
    expect(await refusalOf({ gmAction, accessToken })).toEqual({
      action: "FORBIDDEN",
      code: "A900328",
      scheme: "Bearer",
      error: "insufficient_scope",
    });
    expect(contentOf(await gm({ gmAction, accessToken }))).toContain(`scope="${own}"`);
    const allowed = await gm({ gmAction, accessToken: await managing({ scopes: [own] }) });
    expect(["OK", "NO_CONTENT"]).toContain(allowed.action);
  });

  it("tokens of public clients", async () => {
    await storeGrant({ grantId: "public", clientId: Number(app.id) });
    const accessToken = await managing({ clientId: Number(app.id) });
    expect(await refusalOf({ grantId: "public", accessToken })).toEqual({
      action: "FORBIDDEN",
      code: "A900329",
      scheme: "Bearer",
      error: "unauthorized_client",
    });
  });

  it("no more than the service wants to explain", async () => {
    await test.setService({ errorDescriptionOmitted: true, errorUriOmitted: true });
    expect(contentOf(await gm({ accessToken: "unknown" }))).toBe('Bearer error="invalid_token"');
  });
});

describe("a token that is bound to a certificate", () => {
  const own = issueCertificate();
  const thumbprint = hash("sha256", own.certificate.raw, "base64url");

  it("manages grants with that certificate only", async () => {
    const accessToken = await managing({ details: { confirmation: { "x5t#S256": thumbprint } } });
    expect(await gm({ accessToken, clientCertificate: own.pem })).toMatchObject({ action: "OK" });
    expect(await refusalOf({ accessToken })).toEqual(unauthorized("A900319"));
    expect(await refusalOf({ accessToken, clientCertificate: "none" })).toEqual(unauthorized("A900320"));
    const clientCertificate = issueCertificate().pem;
    expect(await refusalOf({ accessToken, clientCertificate })).toEqual(unauthorized("A900321"));
  });
});

describe("a token that is bound to a key", () => {
  let keys: Keys;
  let accessToken: string;
  beforeEach(async () => {
    keys = await makeKeys();
    accessToken = await managing({ details: { confirmation: { jkt: keys.jkt } } });
  });

  const proof = (claims: object = {}, { by = keys, header = {} }: { by?: Keys; header?: object } = {}) =>
    signJwt(by.privateKey, {
      header: { alg: "ES256", typ: "dpop+jwt", jwk: by.jwk, ...header },
      payload: {
        jti: randomUUID(),
        htm: "GET",
        htu: `${ENDPOINT}/grant-1`,
        iat: test.clock() / 1000,
        ath: hash("sha256", accessToken, "base64url"),
        ...claims,
      },
    });

  it("manages grants with a proof for the address of the grant", async () => {
    expect(await gm({ accessToken, dpop: await proof() })).toMatchObject({ action: "OK" });
    const dpop = await proof({ htm: "DELETE" });
    expect(await gm({ gmAction: "REVOKE", accessToken, dpop })).toMatchObject({ action: "NO_CONTENT" });
  });

  it("or for the method and the address in the call", async () => {
    const told = { htm: "POST", htu: "https://gate.example/g" };
    expect(await gm({ accessToken, ...told, dpop: await proof(told) })).toMatchObject({ action: "OK" });
    expect(await refusalOf({ accessToken, ...told, dpop: await proof() })).toMatchObject({ code: "A900323" });
  });

  it("needs the proof, of its key, and one that is sound", async () => {
    expect(await refusalOf({ accessToken })).toEqual(unauthorized("A281305", "DPoP"));
    const foreign = await proof({}, { by: await makeKeys() });
    expect(await refusalOf({ accessToken, dpop: foreign })).toEqual(unauthorized("A900322", "DPoP"));
    const malformed = { ...unauthorized("A900323", "DPoP"), error: "invalid_dpop_proof" };
    for (const claims of [{ htm: "DELETE" }, { htu: ENDPOINT }, { ath: "x" }, { iat: 1 }]) {
      expect(await refusalOf({ accessToken, dpop: await proof(claims) })).toEqual(malformed);
    }
    const keyless = await proof({}, { header: { jwk: undefined } });
    expect(await refusalOf({ accessToken, dpop: keyless })).toMatchObject({ code: "A900325" });
  });

  it("needs a proof that was not used before", async () => {
    const dpop = await proof();
    const answers = await Promise.all(Array.from({ length: 64 }, () => gm({ accessToken, dpop })));
    expect(answers.filter(({ action }) => action === "OK")).toHaveLength(1);
  });

  it("needs the nonce that every answer gives, where one is demanded", async () => {
    const refused = await gm({ accessToken, dpop: await proof(), dpopNonceRequired: true });
    expect(refused).toMatchObject({ action: "UNAUTHORIZED", resultCode: "A900327" });
    expect(contentOf(refused)).toMatch(/^DPoP error="use_dpop_nonce"/);
    const { dpopNonce } = refused as { dpopNonce?: string };
    expect(dpopNonce).toMatch(/^[\w-]{43}$/);
    const again = await proof({ nonce: dpopNonce });
    expect(await gm({ accessToken, dpop: again, dpopNonceRequired: true })).toMatchObject({
      action: "OK",
      dpopNonce,
    });
    await test.setService({ dpopNonceRequired: true });
    expect(await gm({ gmAction: null })).toMatchObject({ resultCode: "A900208", dpopNonce });
  });
});
