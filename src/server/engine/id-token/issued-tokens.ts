import type { Client } from "../../authlete/client.ts";
import { hashOf } from "../../secret/hash.ts";
import { findAccessToken } from "../access-token/find-access-token.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import type { AccessToken } from "../records.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import type { IssuedTokens } from "../token/token-answer.ts";

/** Tokens that were issued a moment ago, and whose they are. */
export type FoundTokens = { issued: IssuedTokens; client: Client; subject: string };

/** The codes for tokens that no ID token can be made for. */
export type IssuedTokensCodes = Record<
  "missing" | "unknown" | "expired" | "foreignRefreshToken" | "noSubject" | "noClient",
  RefusalCode
>;

/**
 * Finds the tokens that a later call wants an ID token for.
 *
 * @param presented the access token, in whatever form `auth/token` gave it, and its refresh token.
 */
export async function findIssuedTokens(
  context: EngineContext,
  presented: { accessToken?: unknown; refreshToken?: unknown },
  codes: IssuedTokensCodes,
): Promise<FoundTokens> {
  const accessToken = givenNonEmptyText(presented.accessToken) ?? refuse(codes.missing);
  const row = await findAccessToken(context, accessToken);
  if (typeof row === "string") return refuse(codes.unknown);
  if (row.accessTokenExpiresAt <= context.now) refuse(codes.expired);
  const refreshToken = givenNonEmptyText(presented.refreshToken);
  checkBelongs(row, refreshToken, codes);
  return {
    issued: { row, accessToken, jwtAccessToken: undefined, refreshToken },
    client: await findClientOf(context, row, codes),
    subject: row.subject ?? refuse(codes.noSubject),
  };
}

/** Nothing goes into a token response that was not issued together. */
function checkBelongs(row: AccessToken, refreshToken: string | undefined, codes: IssuedTokensCodes): void {
  if (refreshToken !== undefined && hashOf(refreshToken) !== row.refreshTokenHash) {
    refuse(codes.foreignRefreshToken);
  }
}

async function findClientOf(
  { store, serviceId }: EngineContext,
  { clientId }: AccessToken,
  codes: IssuedTokensCodes,
): Promise<Client> {
  const client = await store.read.findClient(serviceId, String(clientId));
  return client && !client.locked ? client : refuse(codes.noClient);
}
