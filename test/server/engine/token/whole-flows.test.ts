import { createLocalJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Request } from "../../../../src/server/authlete/operations.ts";
import { basic, form, ISSUER, issued, jwtParts, summary, type TestEngine } from "../../../support/engine.ts";
import {
  ask,
  challenge,
  isAlive,
  openGrantEngine,
  REDIRECT_URI,
  redeem,
  refreshWith,
  verifier,
  web,
} from "../../../support/grants.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openGrantEngine({
    service: {
      idTokenReissuable: true,
      nativeSsoSupported: true,
      pkceS256Required: true,
      deviceVerificationUri: "https://as.example/device",
      deviceFlowCodeDuration: 600,
      backchannelAuthReqIdDuration: 600,
      supportedBackchannelTokenDeliveryModes: ["POLL"],
    },
  });
  await test.setClient(web.id, { bcDeliveryMode: "POLL" });
});
afterEach(() => test.close());

type Issue = Partial<Request<"auth/authorization/issue">>;

/** A code of the real authorization endpoint. */
async function authorized(parameters: Record<string, string> = {}, decision: Issue = {}) {
  const request = {
    response_type: "code",
    client_id: web.id,
    redirect_uri: REDIRECT_URI,
    scope: "openid profile",
    state: "af0ifjsldkj",
    nonce: "n-0S6_WzA2Mj",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...parameters,
  };
  const asked = await test.engine["auth/authorization"]({ parameters: form(request) });
  if (asked.action !== "INTERACTION") throw new Error(`no interaction: ${JSON.stringify(asked)}`);
  const issue = { ticket: asked.ticket, subject: "alice", acr: "high", authTime: 1_893_000_000, ...decision };
  const answer = await test.engine["auth/authorization/issue"](issue as Request<"auth/authorization/issue">);
  if (answer.action !== "LOCATION") throw new Error(`no code: ${JSON.stringify(answer)}`);
  return new URL(String(answer.responseContent));
}

const withVerifier = { parameters: { code_verifier: verifier } };
const redeemed = (url: URL, call = withVerifier) => redeem(test, String(url.searchParams.get("code")), call);

async function verified(idToken: unknown) {
  const { keys } = await test.engine["service/jwks/get"]({});
  const published = createLocalJWKSet({ keys } as Parameters<typeof createLocalJWKSet>[0]);
  const options = { issuer: ISSUER, audience: web.id, currentDate: new Date(test.clock()) };
  return (await jwtVerify(String(idToken), published, options)).payload;
}

describe("from the authorization request to tokens", () => {
  it("an ID token answers the request; a refresh and an ID token issued again follow", async () => {
    const claims = JSON.stringify({ id_token: { email: null }, userinfo: { name: null } });
    const decision = { claims: '{"name":"Alice","email":"a@example.com","phone_number":"1"}' };
    const answer = issued(await redeemed(await authorized({ claims }, decision)));
    const payload = await verified(answer.idToken);
    expect(payload).toMatchObject({
      sub: "alice",
      nonce: "n-0S6_WzA2Mj",
      acr: "high",
      auth_time: 1_893_000_000,
      s_hash: expect.any(String),
      name: "Alice",
      email: "a@example.com",
    });
    expect(payload).not.toHaveProperty("phone_number");
    const refreshed = await refreshWith(test, answer.refreshToken);
    expect(refreshed).toMatchObject({ action: "ID_TOKEN_REISSUABLE" });
    const { accessToken, refreshToken } = refreshed as { accessToken: string; refreshToken: string };
    const reissued = issued(await test.engine["idtoken/reissue"]({ accessToken, refreshToken }));
    const again = await verified(reissued.idToken);
    expect(again).toMatchObject({ sub: "alice", acr: "high", auth_time: 1_893_000_000 });
    for (const name of ["nonce", "s_hash"]) expect(again).not.toHaveProperty(name);
  });

  it("a code is bound to its verifier, and worthless when it comes again", async () => {
    const url = await authorized();
    expect(summary(await redeemed(url, { parameters: { code_verifier: "x".repeat(43) } })).code).toBe(
      "A050315",
    );
    const { accessToken } = issued(await redeemed(url));
    expect(await isAlive(test, accessToken)).toBe(true);
    expect(summary(await redeemed(url)).code).toBe("A050305");
    expect(await isAlive(test, accessToken)).toBe(false);
  });

  it("in the hybrid flow both ID tokens tell the same of the user, and the first vouches for the rest", async () => {
    await test.setService({ supportedResponseTypes: ["CODE", "CODE_ID_TOKEN_TOKEN"] });
    await test.setClient(web.id, { responseTypes: ["CODE_ID_TOKEN_TOKEN"] });
    const url = await authorized({ response_type: "code id_token token" });
    const front = new URLSearchParams(url.hash.slice(1));
    const first = await verified(front.get("id_token"));
    expect(first).toMatchObject({
      at_hash: expect.any(String),
      c_hash: expect.any(String),
      s_hash: expect.any(String),
    });
    const answer = issued(await redeem(test, String(front.get("code")), withVerifier));
    const { iss, sub, nonce } = await verified(answer.idToken);
    expect({ iss, sub, nonce }).toEqual({ iss: first.iss, sub: first.sub, nonce: first.nonce });
    await redeem(test, String(front.get("code")), withVerifier);
    expect(await isAlive(test, answer.accessToken)).toBe(false);
    expect(await isAlive(test, front.get("access_token"))).toBe(true);
  });

  it("Native SSO goes from the first app to its ID token", async () => {
    const url = await authorized({ scope: "openid device_sso" }, { sessionId: "s-1" });
    const answer = await redeemed(url);
    expect(answer).toMatchObject({ action: "NATIVE_SSO", sessionId: "s-1" });
    const { accessToken, refreshToken } = answer as { accessToken: string; refreshToken: string };
    const { idToken } = issued(
      await test.engine.nativesso({ accessToken, refreshToken, deviceSecret: "d-1" }),
    );
    expect(await verified(idToken)).toMatchObject({
      sid: "s-1",
      nonce: "n-0S6_WzA2Mj",
      ds_hash: expect.any(String),
    });
  });

  it("a client with pairwise subjects never sees the subject", async () => {
    await test.setClient(web.id, {
      subjectType: "PAIRWISE",
      sectorIdentifierUri: "https://sector.example/uris.json",
    });
    const { idToken } = issued(await redeemed(await authorized()));
    const { sub } = await verified(idToken);
    expect(sub).toMatch(/^[\w-]{43}$/);
    expect((await verified(issued(await redeemed(await authorized())).idToken)).sub).toBe(sub);
  });
});

describe("from the other endpoints to tokens", () => {
  it("a device gets tokens once its user has said yes", async () => {
    const parameters = form({ scope: "openid profile" });
    const device = issued(await test.engine["device/authorization"]({ parameters, ...basic(web) }));
    const grant_type = "urn:ietf:params:oauth:grant-type:device_code";
    const poll = () => ask(test, { grant_type, device_code: String(device.deviceCode) });
    expect(summary(await poll()).code).toBe("A242307");
    const decision = { userCode: String(device.userCode), result: "AUTHORIZED", subject: "alice" } as const;
    expect((await test.engine["device/complete"](decision)).action).toBe("SUCCESS");
    const answer = issued(await poll());
    expect(jwtParts(String(answer.idToken)).payload).toMatchObject({ sub: "alice", aud: [web.id] });
    expect(summary(await poll()).code).toBe("A242304");
  });

  it("a client gets tokens once the user it named has said yes somewhere else", async () => {
    const parameters = form({ scope: "openid", login_hint: "alice" });
    const asked = await test.engine["backchannel/authentication"]({ parameters, ...basic(web) });
    if (asked.action !== "USER_IDENTIFICATION") throw new Error(`no user: ${JSON.stringify(asked)}`);
    const { ticket } = asked as { ticket: string };
    const { authReqId } = issued(await test.engine["backchannel/authentication/issue"]({ ticket }));
    const poll = () =>
      ask(test, { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id: String(authReqId) });
    expect(summary(await poll()).code).toBe("A200308");
    const decision = { ticket, result: "AUTHORIZED", subject: "alice" } as const;
    expect((await test.engine["backchannel/authentication/complete"](decision)).action).toBe("NO_ACTION");
    const answer = issued(await poll());
    expect(jwtParts(String(answer.idToken)).payload).toMatchObject({ sub: "alice" });
    expect(summary(await poll()).code).toBe("A200304");
  });
});
