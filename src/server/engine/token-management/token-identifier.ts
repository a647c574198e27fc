import { hashOf } from "../../secret/hash.ts";
import { findAccessToken } from "../access-token/find-access-token.ts";
import type { EngineContext } from "../context.ts";
import type { AccessToken } from "../records.ts";

/** What lists show in place of a value: SHA-256 in base64url. */
const HASH = /^[\w-]{43}$/;

/**
 * The token that an identifier names: an access token in either of its forms, or the hash of its value as lists show it.
 */
export async function findByAccessTokenIdentifier(
  context: EngineContext,
  identifier: string,
): Promise<AccessToken | undefined> {
  const found = await findAccessToken(context, identifier);
  if (typeof found !== "string") return found;
  if (!HASH.test(identifier)) return undefined;
  return context.store.read.findByAccessToken(context.serviceId, identifier);
}

/** The token whose refresh token an identifier names: its value, or the hash of it. */
export async function findByRefreshTokenIdentifier(
  { store, serviceId }: EngineContext,
  identifier: string,
): Promise<AccessToken | undefined> {
  const found = await store.read.findByRefreshToken(serviceId, hashOf(identifier));
  if (found || !HASH.test(identifier)) return found;
  return store.read.findByRefreshToken(serviceId, identifier);
}
