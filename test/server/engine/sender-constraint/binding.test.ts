import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { certificateThumbprint } from "../../../../src/server/engine/certificate/certificate.ts";
import type { TokenDetails } from "../../../../src/server/engine/records.ts";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { issueCertificate } from "../../../support/certificates.ts";
import { dpopProof, type ProofOptions } from "../../../support/dpop-proof.ts";
import {
  basic,
  clients,
  contentOf,
  form,
  issued,
  jwtParts,
  openTestEngine,
  SERVICE_ID,
  summary,
  type TestEngine,
} from "../../../support/engine.ts";
import { type Keys, makeKeys } from "../../../support/jwt.ts";

const { app, backend, firstParty } = clients;
const certificate = issueCertificate();
const thumbprint = certificateThumbprint(certificate.certificate);
const anotherCertificate = issueCertificate();
const bound = { tlsClientCertificateBoundAccessTokens: true };

let test: TestEngine;
let keys: Keys;
let other: Keys;
beforeAll(async () => {
  [keys, other] = await Promise.all([makeKeys(), makeKeys()]);
});
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const proof = (own = keys, spoilt: Partial<ProofOptions> = {}) =>
  dpopProof(own, { now: test.clock(), ...spoilt });

const ask = (request: Record<string, unknown>) =>
  test.engine["auth/token"]({ parameters: "grant_type=client_credentials", ...basic(backend), ...request });

async function refused(answering: ReturnType<typeof ask>) {
  const before = test.issued();
  const answer = summary(await answering);
  expect(test.issued()).toBe(before);
  return answer;
}

async function detailsOf(answering: ReturnType<typeof ask>): Promise<TokenDetails | undefined> {
  const { accessToken } = issued(await answering);
  return (await test.store.engine.read.findByAccessToken(SERVICE_ID, hashOf(accessToken)))?.details;
}

const invalidRequest = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_request" });
const invalidProof = { action: "BAD_REQUEST", code: "A254301", error: "invalid_dpop_proof" };

describe("access tokens are bound", () => {
  it("to nothing, unless something is asked for", async () => {
    expect(await detailsOf(ask({ clientCertificate: certificate.pem }))).toEqual({});
  });

  it("to the key of the proof", async () => {
    expect(await detailsOf(ask({ dpop: await proof() }))).toEqual({ confirmation: { jkt: keys.jkt } });
  });

  it("to the certificate, where service and client want it", async () => {
    await test.setService(bound);
    expect(await detailsOf(ask({ clientCertificate: certificate.pem }))).toEqual({});
    await test.setClient(backend.id, bound);
    expect(await detailsOf(ask({ clientCertificate: certificate.pem }))).toEqual({
      confirmation: { "x5t#S256": thumbprint },
    });
    await test.setService({ tlsClientCertificateBoundAccessTokens: false });
    expect(await detailsOf(ask({ clientCertificate: certificate.pem }))).toEqual({});
  });

  it("to both", async () => {
    await test.setService(bound);
    await test.setClient(backend.id, bound);
    const request = { clientCertificate: certificate.pem, dpop: await proof() };
    expect(await detailsOf(ask(request))).toEqual({
      confirmation: { "x5t#S256": thumbprint, jkt: keys.jkt },
    });
  });

  it("as the request was that got the ticket of the password grant", async () => {
    await test.setService(bound);
    await test.setClient(app.id, bound);
    const password = { grant_type: "password", username: "alice", password: "x", client_id: app.id };
    const asked = await test.engine["auth/token"]({
      parameters: form(password),
      clientCertificate: certificate.pem,
      dpop: await proof(),
    });
    if (asked.action !== "PASSWORD") throw new Error("no ticket");
    const tokens = issued(await test.engine["auth/token/issue"]({ ticket: asked.ticket, subject: "alice" }));
    expect(JSON.parse(tokens.responseContent)).toMatchObject({ token_type: "DPoP" });
    const stored = await test.store.engine.read.findByAccessToken(SERVICE_ID, hashOf(tokens.accessToken));
    expect(stored?.details).toMatchObject({
      confirmation: { "x5t#S256": thumbprint, jkt: keys.jkt },
      refreshTokenJkt: keys.jkt,
    });
  });

  it("and say so when they are JWTs", async () => {
    await test.setService({ accessTokenSignAlg: "ES256", ...bound });
    await test.setClient(backend.id, bound);
    const answer = issued(await ask({ clientCertificate: certificate.pem, dpop: await proof() }));
    expect(jwtParts(String(answer.jwtAccessToken)).payload.cnf).toEqual({
      "x5t#S256": thumbprint,
      jkt: keys.jkt,
    });
  });
});

describe("nothing weaker is issued than was asked for", () => {
  it("to a client that has to use DPoP", async () => {
    await test.setClient(backend.id, { dpopRequired: true });
    for (const dpop of [undefined, null, "", 5]) expect(await refused(ask({ dpop }))).toEqual(invalidProof);
    expect(await ask({ dpop: await proof() })).toMatchObject({ action: "OK" });
  });

  it("for a proof that is bad", async () => {
    expect(await refused(ask({ dpop: "a.b.c" }))).toEqual(invalidProof);
  });

  it("to a client whose tokens are bound to its certificate", async () => {
    await test.setService(bound);
    await test.setClient(backend.id, bound);
    for (const clientCertificate of [undefined, null, "", 5]) {
      expect(await refused(ask({ clientCertificate }))).toEqual(invalidRequest("A048351"));
    }
    expect(await refused(ask({ clientCertificate: "x" }))).toEqual(invalidRequest("A244309"));
    expect(await refused(ask({ dpop: await proof() }))).toEqual(invalidRequest("A048351"));
    expect(await ask({ clientCertificate: certificate.pem })).toMatchObject({ action: "OK" });
  });

  it("before the grant: a bad proof leaves everything as it was", async () => {
    const { refreshToken } = await publicTokens();
    const parameters = form({ grant_type: "refresh_token", refresh_token: refreshToken, client_id: app.id });
    const bad = await proof(keys, { claims: { htm: "GET" } });
    expect(await refused(test.engine["auth/token"]({ parameters, dpop: bad }))).toEqual(invalidProof);
    expect(await test.engine["auth/token"]({ parameters, dpop: await proof() })).toMatchObject({
      action: "OK",
    });
  });
});

/** A pair of a public client, with its refresh token bound to the key of the first refresh. */
async function publicTokens(): Promise<{ refreshToken: string }> {
  const password = { grant_type: "password", username: "alice", password: "x", client_id: app.id };
  const asked = await test.engine["auth/token"]({ parameters: form(password) });
  if (asked.action !== "PASSWORD") throw new Error("no ticket");
  const first = issued(await test.engine["auth/token/issue"]({ ticket: asked.ticket, subject: "alice" }));
  const parameters = form({
    grant_type: "refresh_token",
    refresh_token: String(first.refreshToken),
    client_id: app.id,
  });
  const second = issued(await test.engine["auth/token"]({ parameters, dpop: await proof() }));
  return { refreshToken: String(second.refreshToken) };
}

describe("the refresh token of a public client", () => {
  const refresh = (refreshToken: string, request: Record<string, unknown> = {}) =>
    test.engine["auth/token"]({
      parameters: form({ grant_type: "refresh_token", refresh_token: refreshToken, client_id: app.id }),
      ...request,
    });
  const otherKey = { action: "BAD_REQUEST", code: "A053311", error: "invalid_grant" };

  it("is bound to the key it was asked for with", async () => {
    const { refreshToken } = await publicTokens();
    expect(await refused(refresh(refreshToken))).toEqual(otherKey);
    expect(await refused(refresh(refreshToken, { dpop: await proof(other) }))).toEqual(otherKey);
    const again = issued(await refresh(refreshToken, { dpop: await proof() }));
    expect(await refused(refresh(String(again.refreshToken), { dpop: await proof(other) }))).toEqual(
      otherKey,
    );
  });

  it("is not bound for a confidential client, which authenticates", async () => {
    const asked = await test.engine["auth/token"]({
      parameters: "grant_type=password&username=alice&password=x",
      ...basic(firstParty),
    });
    if (asked.action !== "PASSWORD") throw new Error("no ticket");
    const first = issued(await test.engine["auth/token/issue"]({ ticket: asked.ticket, subject: "alice" }));
    const refreshing = async (refreshToken: unknown, own: Keys) =>
      issued(
        await test.engine["auth/token"]({
          parameters: form({ grant_type: "refresh_token", refresh_token: String(refreshToken) }),
          ...basic(firstParty),
          dpop: await proof(own),
        }),
      );
    const second = await refreshing(first.refreshToken, keys);
    const third = await refreshing(second.refreshToken, other);
    const token = await test.store.engine.read.findByAccessToken(SERVICE_ID, hashOf(third.accessToken));
    expect(token?.details).toMatchObject({ confirmation: { jkt: other.jkt } });
    expect(token?.details).not.toHaveProperty("refreshTokenJkt");
  });
});

describe("a bound access token", () => {
  const HTU = "https://api.example/resource";
  const introspect = (token: string, request: Record<string, unknown> = {}) =>
    test.engine["auth/introspection"]({ token, ...request });
  const use = async (token: string, spoilt: Partial<ProofOptions> = {}, own = keys) => ({
    htm: "GET",
    htu: HTU,
    dpop: await proof(own, {
      accessToken: token,
      ...spoilt,
      claims: { htm: "GET", htu: HTU, ...spoilt.claims },
    }),
  });
  const unauthorized = (code: string) => ({
    action: "UNAUTHORIZED",
    resultCode: code,
    existent: true,
    usable: false,
    sufficient: false,
  });
  const tokenWith = async (request: Record<string, unknown>) => issued(await ask(request)).accessToken;

  it("is good with a proof of its key", async () => {
    const token = await tokenWith({ dpop: await proof() });
    expect(await introspect(token, await use(token))).toMatchObject({ action: "OK", usable: true });
  });

  it.each<[string, Partial<ProofOptions>, string, string]>([
    ["of another token", { accessToken: "another" }, "A065310", "invalid_dpop_proof"],
    ["of no token", { claims: { ath: undefined } }, "A065310", "invalid_dpop_proof"],
    ["of another method", { claims: { htm: "POST" } }, "A065310", "invalid_dpop_proof"],
    ["of another address", { claims: { htu: "https://api.example/other" } }, "A065310", "invalid_dpop_proof"],
    ["without a public key", { header: { jwk: undefined } }, "A065312", "invalid_dpop_proof"],
  ])("is not good with a proof %s", async (_, spoilt, code, error) => {
    const token = await tokenWith({ dpop: await proof() });
    const answer = await introspect(token, await use(token, spoilt));
    expect(answer).toMatchObject(unauthorized(code));
    expect(contentOf(answer)).toMatch(new RegExp(`^DPoP error="${error}",error_description="\\[${code}\\]`));
    expect(contentOf(answer)).toMatch(/,algs="[^"]*\bES256\b[^"]*"$/);
    expect(await introspect(token, await use(token))).toMatchObject({ action: "OK" });
  });

  it("is not good without a proof, or with one of another key", async () => {
    const token = await tokenWith({ dpop: await proof() });
    for (const request of [{}, { dpop: null }, { dpop: "" }, { clientCertificate: certificate.pem }]) {
      expect(await introspect(token, request)).toMatchObject(unauthorized("A065308"));
    }
    expect(await introspect(token, await use(token, {}, other))).toMatchObject(unauthorized("A065309"));
    expect(await introspect(token, { dpop: "a.b.c" })).toMatchObject(unauthorized("A065310"));
    const { dpop } = await use(token);
    const noAlgorithm = dpop.replace(/^[^.]*/, Buffer.from('{"typ":"dpop+jwt"}').toString("base64url"));
    expect(await introspect(token, { dpop: noAlgorithm })).toMatchObject(unauthorized("A065313"));
    const none = dpop.replace(/^[^.]*/, Buffer.from('{"typ":"dpop+jwt","alg":"none"}').toString("base64url"));
    expect(await introspect(token, { dpop: none })).toMatchObject(unauthorized("A065311"));
  });

  it("is not good with a proof whose request nobody names", async () => {
    const token = await tokenWith({ dpop: await proof() });
    const { dpop, htm, htu } = await use(token);
    expect(await introspect(token, { dpop })).toMatchObject(unauthorized("A065310"));
    expect(await introspect(token, { dpop, htm })).toMatchObject(unauthorized("A065310"));
    expect(await introspect(token, { dpop, htu })).toMatchObject(unauthorized("A065310"));
    expect(await introspect(token, { dpop, htm, htu })).toMatchObject({ action: "OK" });
    expect(await introspect(token, { dpop, htm, htu })).toMatchObject(unauthorized("A065310"));
  });

  it("is good with a nonce where proofs need one", async () => {
    const token = await tokenWith({ dpop: await proof() });
    await test.setService({ dpopNonceRequired: true });
    const refusal = await introspect(token, await use(token));
    expect(refusal).toMatchObject({
      ...unauthorized("A065314"),
      dpopNonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(contentOf(refusal)).toMatch(/^DPoP error="use_dpop_nonce"/);
    const nonce = String((refusal as { dpopNonce?: string }).dpopNonce);
    expect(await introspect(token, await use(token, { nonce }))).toMatchObject({
      action: "OK",
      dpopNonce: nonce,
    });
    expect(await introspect("unknown")).toMatchObject({ resultCode: "A057302", dpopNonce: nonce });
    await test.setService({ dpopNonceRequired: false });
    expect(await introspect(token, await use(token))).not.toHaveProperty("dpopNonce");
  });

  it("is proved by the JWT when it is one", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const { accessToken, jwtAccessToken } = issued(await ask({ dpop: await proof() }));
    const token = String(jwtAccessToken);
    expect(await introspect(token, await use(token))).toMatchObject({ action: "OK" });
    expect(await introspect(token, await use(accessToken))).toMatchObject(unauthorized("A065310"));
  });

  it("is good with the certificate it is bound to, and tells its thumbprint", async () => {
    await test.setService(bound);
    await test.setClient(backend.id, bound);
    const token = await tokenWith({ clientCertificate: certificate.pem });
    const good = await introspect(token, { clientCertificate: certificate.pem });
    expect(good).toMatchObject({ action: "OK", certificateThumbprint: thumbprint });
    for (const clientCertificate of [undefined, null, ""]) {
      const answer = await introspect(token, { clientCertificate });
      expect(answer).toMatchObject({ ...unauthorized("A065304"), certificateThumbprint: thumbprint });
      expect(contentOf(answer)).toMatch(/^Bearer error="invalid_token"/);
    }
    const another = { clientCertificate: anotherCertificate.pem };
    expect(await introspect(token, another)).toMatchObject(unauthorized("A065305"));
    expect(await introspect(token, { clientCertificate: "x" })).toMatchObject(unauthorized("A065307"));
  });

  it("needs both where it is bound to both", async () => {
    await test.setService(bound);
    await test.setClient(backend.id, bound);
    const clientCertificate = certificate.pem;
    const token = await tokenWith({ clientCertificate, dpop: await proof() });
    expect(await introspect(token, await use(token))).toMatchObject(unauthorized("A065304"));
    expect(await introspect(token, { clientCertificate })).toMatchObject(unauthorized("A065308"));
    expect(await introspect(token, { clientCertificate, ...(await use(token)) })).toMatchObject({
      action: "OK",
    });
  });

  it("is judged by its life first, and costs no proof when that is over", async () => {
    const token = await tokenWith({ dpop: await proof() });
    test.clock.advance(3_600_000);
    expect(await introspect(token)).toMatchObject(unauthorized("A065303"));
  });
});

describe("an access token that is bound to nothing", () => {
  it("may come with any certificate, but not with a proof that cannot be about it", async () => {
    const { accessToken: token } = issued(await ask({}));
    const introspect = (request: Record<string, unknown>) =>
      test.engine["auth/introspection"]({ token, ...request });
    expect(await introspect({ clientCertificate: certificate.pem })).toMatchObject({ action: "OK" });
    const dpop = await proof(keys, { accessToken: token });
    const request = { dpop, htm: "POST", htu: "https://as.example/oauth/token" };
    expect(await introspect(request)).toMatchObject({ action: "UNAUTHORIZED", resultCode: "A065309" });
    expect(await introspect({})).toMatchObject({ action: "OK" });
  });
});
