import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import type { AccessToken } from "../records.ts";
import { refuse } from "../refusal.ts";
import { findByAccessTokenIdentifier, findByRefreshTokenIdentifier } from "./token-identifier.ts";

/** The members of a call that may name a token. As on the wire, any member may be anything. */
export type TokenNames = Partial<
  Record<"accessToken" | "accessTokenHash" | "refreshToken" | "refreshTokenHash" | "tokenId", unknown>
>;

/** A token, and whether a later version of its row is what the call has named. */
export type NamedToken = { token: AccessToken; isStillNamed: (token: AccessToken) => boolean };

/**
 * Finds the token that a call names. The first member that is given counts: access token, its hash, identifier, refresh token, its
 * hash.
 */
export async function findNamedToken(context: EngineContext, names: TokenNames): Promise<NamedToken> {
  const access = givenNonEmptyText(names.accessToken) ?? givenNonEmptyText(names.accessTokenHash);
  if (access !== undefined) {
    const token = (await findByAccessTokenIdentifier(context, access)) ?? refuse("A134202");
    return { token, isStillNamed: ({ accessTokenHash }) => accessTokenHash === token.accessTokenHash };
  }
  const id = givenNonEmptyText(names.tokenId);
  if (id !== undefined) return { token: await findById(context, id), isStillNamed: () => true };
  const refresh = givenNonEmptyText(names.refreshToken) ?? givenNonEmptyText(names.refreshTokenHash);
  if (refresh === undefined) return refuse("A134201");
  const token = (await findByRefreshTokenIdentifier(context, refresh)) ?? refuse("A134202");
  return { token, isStillNamed: ({ refreshTokenHash }) => refreshTokenHash === token.refreshTokenHash };
}

async function findById({ store, serviceId }: EngineContext, id: string): Promise<AccessToken> {
  const token = /^[\w-]+$/.test(id) ? await store.read.findToken(serviceId, id) : undefined;
  return token ?? refuse("A134202");
}
