import { randomBytes } from "node:crypto";
import type { Artifact } from "../../src/server/engine/artifacts.ts";
import type { AccessToken } from "../../src/server/engine/records.ts";
import { hashOf } from "../../src/server/secret/hash.ts";

export const SERVICE_ID = "1";
const CLIENT_ID = 4000;
const HOUR_MS = 3_600_000;

/** What a token that nobody knows is stored as. */
export const randomHash = () => hashOf(text());

const text = () => randomBytes(16).toString("base64url");

/** A token of the authorization code flow with OpenID Connect, as the engine stores one. */
export function tokenOf(now: number): AccessToken {
  return {
    id: text(),
    serviceId: SERVICE_ID,
    accessTokenHash: randomHash(),
    accessTokenExpiresAt: now + HOUR_MS,
    accessTokenDuration: 3600,
    refreshTokenHash: randomHash(),
    refreshTokenExpiresAt: now + 720 * HOUR_MS,
    refreshTokenDuration: 2_592_000,
    refreshTokenScopes: ["openid", "profile"],
    clientId: CLIENT_ID,
    clientIdAliasUsed: false,
    subject: "usr_bench",
    grantType: "AUTHORIZATION_CODE",
    scopes: ["openid", "profile"],
    properties: [{ key: "plan", value: "pro", hidden: false }],
    resources: [],
    accessTokenResources: [],
    jwtAtClaims: undefined,
    sessionId: undefined,
    grantId: undefined,
    details: { acr: "urn:mace:incommon:iap:silver", authTime: Math.floor(now / 1000), claimNames: ["name"] },
    createdAt: now,
  };
}

/** An authorization code that nobody has used. */
export function artifactOf(now: number): Artifact<"authorization_code"> {
  return {
    kind: "authorization_code",
    keyHash: randomHash(),
    aliasHash: undefined,
    serviceId: SERVICE_ID,
    clientId: CLIENT_ID,
    document: {
      request: { redirectUri: "https://client.example/callback", redirectUriGiven: true },
      grant: {
        tokenId: text(),
        clientId: CLIENT_ID,
        clientIdAliasUsed: false,
        subject: "usr_bench",
        scopes: ["openid", "profile"],
        resources: [],
        properties: [],
      },
    },
    revision: 0,
    spentAt: undefined,
    createdAt: now,
    expiresAt: now + HOUR_MS,
  };
}
