import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { secretOf } from "../support/gate.ts";
import { jwkSet, type Keys, makeKeys, signJwt, unsigned } from "../support/jwt.ts";
import { basicOf, type Provider, startProvider } from "../support/provider.ts";

const ISSUER = "https://idp.example";
const service = { clientId: 7020, clientSecret: secretOf("service") };

let provider: Provider;
let keys: Keys;
let made = 0;
const published = createServer((_, response) => response.end(jwkSet(keys.jwk)));

beforeAll(async () => {
  keys = await makeKeys("ES256", "k1");
  await new Promise<void>((ready) => published.listen(0, "127.0.0.1", ready));
  const { port } = published.address() as AddressInfo;
  provider = await startProvider({
    env: { TICKETGATE_ASSERTION_ISSUERS: `${ISSUER}=http://127.0.0.1:${port}/jwks` },
  });
  await provider.setClient({ ...service, grantTypes: ["JWT_BEARER"] });
});
afterAll(async () => {
  await provider.close();
  published.close();
});

const payload = (changes: Record<string, unknown> = {}) => {
  const seconds = Math.floor(Date.now() / 1000);
  made += 1;
  return {
    iss: ISSUER,
    sub: provider.subject,
    aud: provider.origin,
    jti: `a${made}`,
    iat: seconds,
    exp: seconds + 60,
    ...changes,
  };
};
const header = () => ({ alg: "ES256", kid: "k1" });
const assertion = (changes: Record<string, unknown> = {}, key = keys.privateKey) =>
  signJwt(key, { header: header(), payload: payload(changes) });
const ask = (value: string, form: Record<string, string> = {}) =>
  provider.ask("/oauth/token", {
    headers: basicOf(service),
    form: { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: value, ...form },
  });

describe("RFC 7523 §2.1: an assertion of an issuer that is trusted", () => {
  it("gives an access token for the person it is about, and no refresh token (RFC 7521 §4.1)", async () => {
    const { status, json } = await ask(await assertion(), { scope: "email" });
    expect(status).toBe(200);
    expect(json).toMatchObject({ token_type: "Bearer", scope: "email" });
    expect(json).not.toHaveProperty("refresh_token");
    const known = await provider.authlete["auth/introspection"]({ token: String(json.access_token) });
    expect(known).toMatchObject({ subject: provider.subject, clientId: service.clientId });
  });

  it("is used once, also by many at the same time", async () => {
    const value = await assertion();
    const answers = await Promise.all([ask(value), ask(value), ask(value)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { json } of answers.filter(({ status }) => status !== 200))
      expect(json).toMatchObject({ error: "invalid_grant" });
  });
});

describe("RFC 7523 §3.1: invalid_grant", () => {
  it.each([
    ["of an issuer that nobody trusts", { iss: "https://other.example" }],
    ["about nobody who is known here", { sub: "usr_nobody" }],
    ["that has expired", { exp: 1 }],
    ["that is for somebody else", { aud: "https://other.example" }],
    ["without an identifier", { jti: undefined }],
    ["that is good for longer than an hour", { exp: Math.floor(Date.now() / 1000) + 7200 }],
  ])("for an assertion %s", async (_, changes) => {
    const { status, json } = await ask(await assertion(changes));
    expect([status, json.error]).toEqual([400, "invalid_grant"]);
  });

  it("for one with the signature of another, or none", async () => {
    const other = await makeKeys("ES256", "k1");
    for (const value of [
      await assertion({}, other.privateKey),
      unsigned({ alg: "none" }, payload()),
      "not a JWT",
    ]) {
      const { status, json } = await ask(value);
      expect(status).toBe(400);
      expect(json).not.toHaveProperty("access_token");
    }
  });

  it("no scope that only the operator gives", async () => {
    const { json } = await ask(await assertion(), { scope: "token:issue" });
    expect(json.error).toBe("invalid_scope");
  });
});

it("nobody is trusted unless the operator says so", async () => {
  const other = await startProvider();
  await other.setClient({ ...service, grantTypes: ["JWT_BEARER"] });
  const { status, json } = await other.ask("/oauth/token", {
    headers: basicOf(service),
    form: {
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      assertion: await assertion({ aud: other.origin, sub: other.subject }),
    },
  });
  expect([status, json.error]).toEqual([400, "invalid_grant"]);
  await other.close();
});
