import { generateKeyPairSync } from "node:crypto";
import { decodeProtectedHeader, importJWK, type JWK, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { demoAccount } from "../../src/server/account/demo-account.ts";
import { accessTokenOf, type Provider, person, startProvider, webApp } from "../support/provider.ts";

let provider: Provider;
let token: string;
beforeAll(async () => {
  provider = await startProvider();
});
beforeEach(async () => {
  await provider.setClient({});
  token = await accessTokenOf(provider);
});
afterAll(() => provider.close());

const bearer = (value = token) => ({ authorization: `Bearer ${value}` });
const userinfo = (headers: Record<string, string> = bearer()) => provider.ask("/oauth/userinfo", { headers });

describe("OIDC Core §5.3.1: the access token of a request", () => {
  it("in the Authorization header is taken, with GET", async () => {
    const { status, json, headers } = await userinfo();
    expect(status).toBe(200);
    expect(json.sub).toBe(provider.subject);
    expect(headers.get("content-type")).toBe("application/json;charset=UTF-8");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("is taken with POST, with and without a body", async () => {
    for (const form of [undefined, { other: "x" }]) {
      const call = { method: "POST", headers: bearer(), ...(form && { form }) };
      expect((await provider.ask("/oauth/userinfo", call)).json.sub).toBe(provider.subject);
    }
  });

  it("is taken from a form (RFC 6750 §2.2)", async () => {
    const { status, json } = await provider.ask("/oauth/userinfo", { form: { access_token: token } });
    expect(status).toBe(200);
    expect(json.sub).toBe(provider.subject);
  });

  it("is not taken from the URL, where it would be logged", async () => {
    const { status, json } = await provider.ask(`/oauth/userinfo?access_token=${token}`);
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: "invalid_request" });
    expect(json).not.toHaveProperty("sub");
  });

  it("comes in one way: two are invalid_request (RFC 6750 §2)", async () => {
    const call = { headers: bearer(), form: { access_token: token } };
    const { status, json } = await provider.ask("/oauth/userinfo", call);
    expect(status).toBe(400);
    expect(json.error).toBe("invalid_request");
  });

  it("has to be there: a challenge without an error says how (RFC 6750 §3.1)", async () => {
    const { status, headers, text } = await userinfo({});
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toMatch(/^Bearer /);
    expect(headers.get("www-authenticate")).not.toContain("error");
    expect(text).toBe("");
  });
});

describe("OIDC Core §5.3.3: a refusal", () => {
  it("of a token that is unknown, has ended or expired is 401 invalid_token", async () => {
    const expect401 = async (value: string) => {
      const { status, headers, text } = await userinfo(bearer(value));
      expect(status).toBe(401);
      expect(headers.get("www-authenticate")).toContain('error="invalid_token"');
      expect(text).toBe("");
    };
    await expect401("no-token-of-this-server");
    const revoked = await accessTokenOf(provider);
    await provider.authlete["auth/token/delete"]({ accessTokenIdentifier: revoked });
    await expect401(revoked);
    const other = await startProvider();
    const old = await accessTokenOf(other);
    other.wait(3601);
    const answer = await other.ask("/oauth/userinfo", { headers: bearer(old) });
    expect(answer.status).toBe(401);
    await other.close();
  });

  it("of a token without the scope openid is 403 insufficient_scope", async () => {
    const { status, headers } = await userinfo(bearer(await accessTokenOf(provider, { scope: "profile" })));
    expect(status).toBe(403);
    expect(headers.get("www-authenticate")).toContain('error="insufficient_scope"');
  });

  it("of a token whose person has no account any more is 401", async () => {
    const gone = await accessTokenOf(provider, {}, { subject: "usr_gone" });
    const { status, headers } = await userinfo(bearer(gone));
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toContain('error="invalid_token"');
  });
});

describe("OIDC Core §5.4: claims by scope", () => {
  const { address, phone_number, phone_number_verified, ...profile } = demoAccount.claims ?? {};

  it.each([
    ["openid", {}],
    ["openid profile", { ...profile, name: person.name, preferred_username: person.username }],
    ["openid email", { email: demoAccount.email, email_verified: true }],
    ["openid address", { address }],
    ["openid phone", { phone_number, phone_number_verified }],
  ])("%s gives its claims and no others", async (scope, expected) => {
    const { json } = await userinfo(bearer(await accessTokenOf(provider, { scope })));
    const { sub, updated_at: updatedAt, ...claims } = json;
    expect(sub).toBe(provider.subject);
    expect(claims).toEqual(expected);
    expect(updatedAt === undefined || Number.isSafeInteger(updatedAt)).toBe(true);
  });

  it("all scopes at once give all of them (scope-all)", async () => {
    const scope = "openid profile email address phone";
    const { json } = await userinfo(bearer(await accessTokenOf(provider, { scope })));
    expect(json).toMatchObject({
      ...profile,
      name: person.name,
      preferred_username: person.username,
      email: demoAccount.email,
      email_verified: true,
      address,
      phone_number,
      phone_number_verified,
    });
  });

  it("the order of scopes does not matter", async () => {
    const one = await accessTokenOf(provider, { scope: "openid email phone" });
    const other = await accessTokenOf(provider, { scope: "phone openid email" });
    expect((await userinfo(bearer(one))).json).toEqual((await userinfo(bearer(other))).json);
  });
});

describe("OIDC Core §5.5: claims by the claims parameter", () => {
  const claims = JSON.stringify({ userinfo: { name: { essential: true }, email: null } });
  const scope = "openid";

  it("are given without their scope", async () => {
    const { json } = await userinfo(bearer(await accessTokenOf(provider, { scope, claims })));
    expect(json).toEqual({ sub: provider.subject, name: person.name, email: demoAccount.email });
  });

  it("are only those that the person agreed to, where it was asked one by one", async () => {
    const decision = { consentedClaims: ["name"] };
    const { json } = await userinfo(bearer(await accessTokenOf(provider, { scope, claims }, decision)));
    expect(json).toEqual({ sub: provider.subject, name: person.name });
  });
});

describe("OIDC Core §5.3.2: the form of the answer", () => {
  it("is a signed JWT for a client that is registered for that (Dynamic OP: userinfo-rs256)", async () => {
    await provider.setClient({ userInfoSignAlg: "RS256" });
    const { headers, text } = await userinfo();
    expect(headers.get("content-type")).toBe("application/jwt");
    const { json } = await provider.ask("/.well-known/openid-configuration");
    const set = (await (await fetch(String(json.jwks_uri))).json()) as { keys: JWK[] };
    const key = set.keys.find(({ kid }) => kid === decodeProtectedHeader(text).kid);
    const { payload } = await jwtVerify(text, await importJWK(key ?? {}), {
      issuer: provider.origin,
      audience: String(webApp.clientId),
      algorithms: ["RS256"],
    });
    expect(payload).toMatchObject({ sub: provider.subject, name: person.name });
  });

  it("is encrypted where it is registered so", async () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = { ...publicKey.export({ format: "jwk" }), kid: "e", use: "enc", alg: "ECDH-ES" };
    await provider.setClient({
      userInfoEncryptionAlg: "ECDH_ES",
      userInfoEncryptionEnc: "A128GCM",
      jwks: JSON.stringify({ keys: [key] }),
    });
    const { headers, text } = await userinfo();
    expect(headers.get("content-type")).toBe("application/jwt");
    expect(text.split(".")).toHaveLength(5);
  });

  it("has a pairwise subject for a client that is registered for one (§8)", async () => {
    await provider.setClient({ subjectType: "PAIRWISE" });
    const { json } = await userinfo(bearer(await accessTokenOf(provider)));
    expect(json.sub).not.toBe(provider.subject);
    expect(String(json.sub).length).toBeGreaterThan(20);
  });
});

it.each(["PUT", "PATCH", "DELETE"])("%s is no method of the endpoint", async (method) => {
  const { status, headers } = await provider.ask("/oauth/userinfo", { method, headers: bearer() });
  expect(status).toBe(405);
  expect(headers.get("allow")).toBe("GET, HEAD, POST");
});
