import type { AccessToken } from "../../src/server/engine/records.ts";
import { hashOf } from "../../src/server/secret/hash.ts";
import { clients, SERVICE_ID, type TestEngine } from "./engine.ts";

let count = 0;

/** Stores a pair of tokens as a code grant would leave it, with changes; gives their values. */
export async function storedToken({ store, clock }: TestEngine, change: Partial<AccessToken> = {}) {
  count += 1;
  const accessToken = `access-token-${count}`;
  const refreshToken = `refresh-token-${count}`;
  const isStored = await store.engine.write((writer) =>
    writer.insertToken({
      id: `token-${count}`,
      serviceId: SERVICE_ID,
      accessTokenHash: hashOf(accessToken),
      accessTokenExpiresAt: clock() + 3_600_000,
      accessTokenDuration: 3600,
      refreshTokenHash: hashOf(refreshToken),
      refreshTokenExpiresAt: clock() + 86_400_000,
      refreshTokenDuration: 86_400,
      refreshTokenScopes: ["openid", "profile", "email"],
      clientId: Number(clients.firstParty.id),
      clientIdAliasUsed: false,
      subject: "alice",
      grantType: "AUTHORIZATION_CODE",
      scopes: ["openid", "profile"],
      properties: [],
      resources: [],
      accessTokenResources: [],
      jwtAtClaims: undefined,
      sessionId: undefined,
      grantId: undefined,
      details: {},
      createdAt: clock(),
      ...change,
    }),
  );
  if (!isStored) throw new Error("the token was not stored");
  return { accessToken, refreshToken };
}
