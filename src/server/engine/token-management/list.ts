import type { Request, Response } from "../../authlete/operations.ts";
import { findStoredClient } from "../client/find-client.ts";
import { limitedClient } from "../client/limited-client.ts";
import { isStorable } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { readRange } from "../range.ts";
import type { AccessToken } from "../records.ts";

/** `auth/token/get/list`: the tokens of the service, of a client, of a subject, by their hashes and never by their values. */
export async function listTokens(
  context: EngineContext,
  request: Partial<Request<"auth/token/get/list">>,
): Promise<Response<"auth/token/get/list">> {
  const { store, serviceId } = context;
  const identifier = givenNonEmptyText(request.clientIdentifier);
  const subject = givenNonEmptyText(request.subject);
  const client = identifier === undefined ? undefined : await findStoredClient(context, identifier);
  const { start, end, page } = readRange(request);
  const filter = { clientId: client?.clientId, subject };
  const isPossible = subject === undefined || isStorable(subject);
  const totalCount = isPossible ? await store.read.countTokens(serviceId, filter) : 0;
  const tokens = isPossible && page.limit > 0 ? await store.read.listTokens(serviceId, filter, page) : [];
  return {
    start,
    end,
    totalCount,
    ...(client && { client: limitedClient(client) }),
    ...(subject && { subject }),
    ...(page.limit > 0 && { accessTokens: tokens.map(listed) }),
  };
}

function listed(token: AccessToken) {
  return {
    accessTokenHash: token.accessTokenHash,
    accessTokenExpiresAt: token.accessTokenExpiresAt,
    ...(token.refreshTokenHash && { refreshTokenHash: token.refreshTokenHash }),
    ...(token.refreshTokenExpiresAt && { refreshTokenExpiresAt: token.refreshTokenExpiresAt }),
    createdAt: token.createdAt,
    ...(token.details.lastRefreshedAt && { lastRefreshedAt: token.details.lastRefreshedAt }),
    clientId: token.clientId,
    ...(token.subject && { subject: token.subject }),
    grantType: token.grantType,
    scopes: token.scopes,
    ...(token.properties.length > 0 && { properties: token.properties }),
    ...(token.refreshTokenScopes && { refreshTokenScopes: token.refreshTokenScopes }),
  };
}
