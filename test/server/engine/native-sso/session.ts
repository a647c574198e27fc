import { createHash } from "node:crypto";
import type { Request } from "../../../../src/server/authlete/operations.ts";
import type { AuthorizedGrant } from "../../../../src/server/engine/grant/authorized-grant.ts";
import { ISSUER, issued, type TestEngine } from "../../../support/engine.ts";
import { ask, freshCode, openGrantEngine, other, redeem } from "../../../support/grants.ts";

/** An engine whose service has Native SSO. */
export const openNativeSsoEngine = () => openGrantEngine({ service: { nativeSsoSupported: true } });

export const hashOf = (secret: string) => createHash("sha256").update(secret).digest("base64url");
export const callerError = (code: string) => ({ action: "CALLER_ERROR", code, error: "server_error" });

export type Tokens = { action: string; accessToken: string; refreshToken: string; sessionId: string };

/** What the first app gets for its code: tokens of a session. */
export async function firstTokens(test: TestEngine, grant: Partial<AuthorizedGrant> = {}) {
  const scopes = ["openid", "device_sso"];
  const inSession = { scopes, sessionId: "s-1", acr: "high", authTime: 1_893_000_000 };
  const request = { nonce: "n-1", state: "x" };
  const code = await freshCode(test, { grant: { ...inSession, ...grant }, request });
  return (await redeem(test, code)) as unknown as Tokens;
}

/** Calls `nativesso` with whatever it may be called with. */
export function nativeSso({ engine }: TestEngine, call: object) {
  return engine.nativesso(call as Partial<Request<"nativesso">>);
}

/** An ID token of the first app, tied to `secret-1`. */
export async function firstIdToken(test: TestEngine, call: object = {}) {
  const { accessToken, refreshToken } = await firstTokens(test);
  return issued(await nativeSso(test, { accessToken, refreshToken, deviceSecret: "secret-1", ...call }))
    .idToken;
}

export const exchangeRequest = {
  grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
  audience: ISSUER,
  subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
  actor_token: "secret-1",
  actor_token_type: "urn:openid:params:token-type:device-secret",
};

export type Call = NonNullable<Parameters<typeof ask>[2]>;

/** The second app asks for tokens with an ID token of the first one. */
export function exchange(test: TestEngine, subject_token: string, { parameters, ...call }: Call = {}) {
  const given = { ...exchangeRequest, subject_token };
  return ask(test, given, { client: other, ...call, parameters: { scope: "openid photos", ...parameters } });
}
