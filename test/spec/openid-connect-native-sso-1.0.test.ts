import { createHash } from "node:crypto";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { secretOf } from "../support/gate.ts";
import {
  basicOf,
  type Provider,
  type ProviderReply,
  startProvider,
  tokensOf,
  webApp,
} from "../support/provider.ts";

const ISSUER = "https://gate.example";
const other = { clientId: 7050, clientSecret: secretOf("other-app") };

let provider: Provider;
let sid: string;
let sessionHash: string;
let made = 0;
beforeAll(async () => {
  provider = await startProvider();
  const { supportedScopes = [] } = await provider.authlete["service/get"]({});
  await provider.setService({
    issuer: ISSUER,
    nativeSsoSupported: true,
    supportedScopes: [...supportedScopes, { name: "device_sso" }],
  });
  await provider.setClient({
    ...other,
    grantTypes: ["TOKEN_EXCHANGE"],
    extension: { tokenExchangePermitted: true },
  });
});
/** A session of the person, and the client that knows of it. */
beforeEach(async () => {
  const now = provider.services.clock();
  made += 1;
  sessionHash = `session-${made}`.padEnd(43, "x");
  sid = `sid-${made}`.padEnd(43, "x");
  await provider.services.sessions.insert({
    idHash: sessionHash,
    subject: provider.subject,
    clientId: "1001",
    scopes: [],
    sealedTokens: "sealed",
    tokenVersion: 0,
    trip: "[]",
    methods: ["pwd"],
    authenticatedAt: now,
    lastSeenAt: now,
    accessTokenExpiresAt: now + 3_600_000,
    expiresAt: now + 3_600_000,
  });
  await provider.services.sessionClients.note({
    sessionHash,
    clientId: String(webApp.clientId),
    subject: provider.subject,
    sid,
    createdAt: now,
    expiresAt: now + 3_600_000,
  });
});
afterAll(() => provider.close());

const signIn = () =>
  tokensOf(provider, { scope: "openid device_sso offline_access" }, { decision: { sessionId: sid } });
const exchange = ({ json }: ProviderReply, deviceSecret = String(json.device_secret)) =>
  provider.ask("/oauth/token", {
    headers: basicOf(other),
    form: {
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: String(json.id_token),
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
      actor_token: deviceSecret,
      actor_token_type: "urn:openid:params:token-type:device-secret",
      audience: ISSUER,
      scope: "openid device_sso",
    },
  });

describe("OpenID Connect Native SSO §3: the first application", () => {
  it("gets a secret for its device, to which its ID token is tied", async () => {
    const { status, json } = await signIn();
    expect(status).toBe(200);
    expect(json.device_secret).toMatch(/^[\w-]{43}$/);
    const hash = createHash("sha256").update(String(json.device_secret)).digest("base64url");
    expect(decodeJwt(String(json.id_token))).toMatchObject({ sid, ds_hash: hash, nonce: "n-1" });
  });

  it("gets nothing when the session is over, and what was issued is taken back", async () => {
    await provider.services.sessions.remove(sessionHash);
    const { status, json } = await signIn();
    expect([status, json.error]).toEqual([400, "invalid_grant"]);
    expect(json).not.toHaveProperty("access_token");
  });
});

describe("OpenID Connect Native SSO §4: another application on the same device", () => {
  it("gets tokens for the same person without asking", async () => {
    const { status, json } = await exchange(await signIn());
    expect(status).toBe(200);
    expect(decodeJwt(String(json.id_token))).toMatchObject({ sub: provider.subject, sid });
    expect(json.issued_token_type).toBe("urn:ietf:params:oauth:token-type:access_token");
  });

  it("gets none with the secret of another device", async () => {
    const { status, json } = await exchange(await signIn(), "x".repeat(43));
    expect(status).toBe(400);
    expect(json).not.toHaveProperty("access_token");
  });

  it("gets none when the session is over", async () => {
    const first = await signIn();
    await provider.services.sessions.remove(sessionHash);
    expect((await exchange(first)).json.error).toBe("invalid_grant");
  });
});
