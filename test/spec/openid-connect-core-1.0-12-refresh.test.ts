import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { basicOf, type Provider, startProvider, tokensOf, webApp } from "../support/provider.ts";

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

const refresh = (token: unknown, form: Record<string, string> = {}) =>
  provider.ask("/oauth/token", {
    headers: basicOf(webApp),
    form: { grant_type: "refresh_token", refresh_token: String(token), ...form },
  });
const claimsOf = (token: unknown) => decodeJwt(String(token));

describe("OIDC Core §12.2: a refresh", () => {
  it("brings an ID token with the same iss, sub, aud and auth_time, and no nonce", async () => {
    const { json: first } = await tokensOf(provider);
    provider.wait(10);
    const { status, json } = await refresh(first.refresh_token);
    expect(status).toBe(200);
    const [before, after] = [claimsOf(first.id_token), claimsOf(json.id_token)];
    expect([after.iss, after.sub, [after.aud].flat(), after.auth_time]).toEqual([
      before.iss,
      before.sub,
      [before.aud].flat(),
      before.auth_time,
    ]);
    expect(after.iat).toBeGreaterThan(Number(before.iat));
    expect(after).not.toHaveProperty("nonce");
    expect(json.refresh_token).not.toBe(first.refresh_token);
  });

  it("brings the claims that the ID token was asked to have, as the account has them now", async () => {
    const claims = JSON.stringify({ id_token: { email: null } });
    const { json: first } = await tokensOf(provider, { scope: "openid", claims });
    const { json } = await refresh(first.refresh_token);
    expect(claimsOf(json.id_token)).toMatchObject({ email: "demo@example.com" });
  });

  it("brings none without the scope openid", async () => {
    const { json: first } = await tokensOf(provider, { scope: "email" });
    const { status, json } = await refresh(first.refresh_token);
    expect(status).toBe(200);
    expect(json).not.toHaveProperty("id_token");
  });

  it("of a person without an account any more is invalid_grant, and its tokens are taken back", async () => {
    const { json: first } = await tokensOf(provider, {}, { decision: { subject: "usr_gone" } });
    const { status, json } = await refresh(first.refresh_token);
    expect([status, json.error]).toEqual([400, "invalid_grant"]);
    const list = await provider.authlete["auth/token/get/list"]({ subject: "usr_gone" });
    expect(list.totalCount ?? 0).toBe(0);
  });
});
