import type { Request, Response } from "../../authlete/operations.ts";
import { refuseCall } from "../call-refusal.ts";
import { findStoredClient } from "../client/find-client.ts";
import { isStorable } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import type { AccessToken } from "../records.ts";
import { result } from "../refusal.ts";
import { findByAccessTokenIdentifier, findByRefreshTokenIdentifier } from "./token-identifier.ts";

type RevokeRequest = Partial<Request<"auth/token/revoke">>;

/**
 * `auth/token/revoke`: ends one token, or all of a client, of a subject, or of both together. The first member that is given
 * counts; a call without any is refused (400).
 */
export async function revokeTokens(
  context: EngineContext,
  request: RevokeRequest,
): Promise<Response<"auth/token/revoke">> {
  const count = await revoked(context, request);
  return { ...result("A312001", "The tokens are not valid any more."), count };
}

async function revoked(context: EngineContext, request: RevokeRequest): Promise<number> {
  const access = givenNonEmptyText(request.accessTokenIdentifier);
  if (access !== undefined) return revokeOne(context, await findByAccessTokenIdentifier(context, access));
  const refresh = givenNonEmptyText(request.refreshTokenIdentifier);
  if (refresh !== undefined) return revokeOne(context, await findByRefreshTokenIdentifier(context, refresh));
  return revokeMany(context, request);
}

async function revokeOne(
  { store, serviceId }: EngineContext,
  token: AccessToken | undefined,
): Promise<number> {
  if (!token) return 0;
  return (await store.write((writer) => writer.deleteToken(serviceId, token.id))) ? 1 : 0;
}

async function revokeMany(context: EngineContext, request: RevokeRequest): Promise<number> {
  const identifier = givenNonEmptyText(request.clientIdentifier);
  const subject = givenNonEmptyText(request.subject);
  if (identifier === undefined && subject === undefined)
    return refuseCall("A126202", "accessTokenIdentifier");
  if (subject !== undefined && !isStorable(subject)) return 0;
  const clientId = identifier && (await findStoredClient(context, identifier)).clientId;
  const filter = { ...(clientId && { clientId }), subject };
  return context.store.write((writer) => writer.deleteTokens(context.serviceId, filter));
}
