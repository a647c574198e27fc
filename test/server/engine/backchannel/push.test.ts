import { createHash } from "node:crypto";
import { createLocalJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { issueCertificate } from "../../../support/certificates.ts";
import { basic, contentOf, form, type TestEngine } from "../../../support/engine.ts";
import {
  issuedTicket,
  NOTIFICATION_ENDPOINT,
  NOTIFICATION_TOKEN,
  openBackchannelEngine,
  push,
  storedTicket,
  yes,
} from "./backchannel-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openBackchannelEngine();
});
afterEach(() => test.close());

const complete = (request: Record<string, unknown>) =>
  test.engine["backchannel/authentication/complete"](request as never);

const issued = (options: Record<string, unknown> = {}) => issuedTicket(test, { client: push, ...options });

const notification = {
  action: "NOTIFICATION",
  deliveryMode: "PUSH",
  clientNotificationEndpoint: NOTIFICATION_ENDPOINT,
  clientNotificationToken: NOTIFICATION_TOKEN,
};

const halfHash = (value: string) =>
  createHash("sha256").update(value).digest().subarray(0, 16).toString("base64url");

describe("completing for a client that gets its tokens pushed", () => {
  it("issues them", async () => {
    const { ticket, authReqId } = await issued();
    const answer = await complete({ ticket, ...yes, properties: [{ key: "tenant", value: "north" }] });
    expect(answer).toMatchObject({
      ...notification,
      resultCode: "A198003",
      authReqId,
      accessToken: expect.stringMatching(/^[\w-]{43}$/),
      accessTokenDuration: 3600,
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      refreshTokenDuration: 2_592_000,
      idToken: expect.any(String),
      idTokenDuration: expect.any(Number),
    });
    const { accessToken, refreshToken, idToken } = answer as Record<string, unknown>;
    expect(JSON.parse(contentOf(answer))).toEqual({
      auth_req_id: authReqId,
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: 3600,
      scope: "openid profile",
      refresh_token: refreshToken,
      id_token: idToken,
      tenant: "north",
    });
    expect(test.issued()).toBe(1);
    expect(await test.engine["auth/introspection"]({ token: String(accessToken) })).toMatchObject({
      action: "OK",
      subject: "alice",
      grantType: "CIBA",
    });
  });

  it("vouches for them with the ID token", async () => {
    const { ticket, authReqId } = await issued();
    const answer = await complete({ ticket, ...yes, claims: '{"name":"Alice"}', acr: "high" });
    const { accessToken, refreshToken, idToken } = answer as Record<string, string>;
    const { keys } = await test.engine["service/jwks/get"]({});
    const currentDate = new Date(test.clock());
    const { payload } = await jwtVerify(idToken ?? "", createLocalJWKSet({ keys } as never), { currentDate });
    expect(payload).toMatchObject({
      iss: "https://as.example",
      sub: "alice",
      aud: ["5002"],
      acr: "high",
      name: "Alice",
      at_hash: halfHash(accessToken ?? ""),
      "urn:openid:params:jwt:claim:rt_hash": halfHash(refreshToken ?? ""),
      "urn:openid:params:jwt:claim:auth_req_id": authReqId,
    });
  });

  it("gives no refresh token and no ID token that nobody wants", async () => {
    await test.setClient(push.id, { grantTypes: ["CIBA"] });
    const { ticket } = await issued();
    const answer = await complete({ ticket, ...yes, scopes: ["profile"] });
    expect(answer).toMatchObject({ ...notification, resultCode: "A198003" });
    for (const name of ["refreshToken", "refreshTokenDuration", "idToken", "idTokenDuration"]) {
      expect(answer).not.toHaveProperty(name);
    }
  });

  it("binds them to the certificate of the request", async () => {
    await test.setService({ tlsClientCertificateBoundAccessTokens: true });
    await test.setClient(push.id, { tlsClientCertificateBoundAccessTokens: true });
    const { pem } = issueCertificate();
    const { ticket } = await issued({ clientCertificate: pem });
    const { accessToken: token } = (await complete({ ticket, ...yes })) as { accessToken: string };
    expect(await test.engine["auth/introspection"]({ token })).toMatchObject({ resultCode: "A065304" });
    const clientCertificate = pem;
    expect(await test.engine["auth/introspection"]({ token, clientCertificate })).toMatchObject({
      action: "OK",
    });
  });

  it("takes the access token that the caller chose, and durations", async () => {
    const accessToken = "a-chosen-value-with-enough-entropy-0123456789";
    const { ticket } = await issued();
    const durations = { accessTokenDuration: 60, refreshTokenDuration: 120 };
    expect(await complete({ ticket, ...yes, accessToken, ...durations })).toMatchObject({
      accessToken,
      ...durations,
    });
    const second = await issued();
    const taken = await complete({ ticket: second.ticket, ...yes, accessToken });
    expect(taken).toMatchObject({ ...notification, resultCode: "A197102" });
    expect(test.issued()).toBe(1);
  });

  it("gives the JWT where access tokens are JWTs", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const { ticket } = await issued();
    const answer = await complete({ ticket, ...yes, jwtAtClaims: '{"tenant":"north"}' });
    const { jwtAccessToken } = answer as { jwtAccessToken?: string };
    expect(JSON.parse(contentOf(answer)).access_token).toBe(jwtAccessToken);
  });

  it.each([
    ["ACCESS_DENIED", "access_denied"],
    ["TRANSACTION_FAILED", "expired_token"],
  ])("tells it of %s by %s", async (result, error) => {
    const { ticket, authReqId } = await issued();
    const texts = { errorDescription: "No.", errorUri: "https://as.example/no" };
    const answer = await complete({ ticket, result, ...texts });
    expect(answer).toMatchObject({ ...notification, resultCode: "A198004", authReqId });
    expect(JSON.parse(contentOf(answer))).toEqual({
      auth_req_id: authReqId,
      error,
      error_description: "No.",
      error_uri: "https://as.example/no",
    });
    expect(test.issued()).toBe(0);
  });

  it("lets nobody fetch tokens at the token endpoint", async () => {
    const { ticket, authReqId } = await issued();
    await complete({ ticket, ...yes });
    const parameters = form({ grant_type: "urn:openid:params:grant-type:ciba", auth_req_id: authReqId });
    expect(await test.engine["auth/token"]({ parameters, ...basic(push) })).toMatchObject({
      action: "BAD_REQUEST",
      resultCode: "A200306",
    });
  });
});

describe("a push that fails", () => {
  it.each([
    ["A188203", { subject: "ä" }, {}, {}],
    ["A187201", { result: "MAYBE" }, {}, {}],
    ["A196205", {}, { accessTokenSignAlg: "ES512" as const }, {}],
    ["A197301", {}, {}, { idTokenSignAlg: "NONE" as const }],
    ["A197101", {}, {}, { idTokenSignAlg: "ES512" as const }],
  ])("with %s tells the client that nothing will come", async (code, request, service, client) => {
    const { ticket, authReqId } = await issued();
    await test.setService(service);
    await test.setClient(push.id, client);
    const answer = await complete({ ticket, ...yes, ...request });
    expect(answer).toMatchObject({ ...notification, resultCode: code });
    expect(answer).not.toHaveProperty("accessToken");
    expect(JSON.parse(contentOf(answer))).toEqual({ auth_req_id: authReqId, error: "transaction_failed" });
    expect(test.issued()).toBe(0);
    expect((await storedTicket(test, ticket)).spentAt).toBe(test.clock());
    expect(await complete({ ticket, ...yes })).toEqual({
      resultCode: "A196203",
      resultMessage: expect.any(String),
      action: "SERVER_ERROR",
    });
  });
});
