import type { Request, Response } from "../../authlete/operations.ts";
import { hashOf } from "../../secret/hash.ts";
import { lifetime } from "../access-token/lifetime.ts";
import { checkPropertiesSize, readProperties } from "../access-token/properties.ts";
import type { EngineContext } from "../context.ts";
import { givenList, givenNonEmptyText, givenTexts, LONGEST_SECONDS } from "../given.ts";
import { randomValue } from "../random-value.ts";
import type { AccessToken } from "../records.ts";
import { refuse, result } from "../refusal.ts";
import { grantableScopes } from "../token/scopes.ts";
import { readConfirmation } from "./confirmation.ts";
import { findByAccessTokenIdentifier, findByRefreshTokenIdentifier } from "./token-identifier.ts";

type UpdateRequest = Partial<Request<"auth/token/update">>;

/** `auth/token/update`: changes an access token and its refresh token. What is left out stays as it is. */
export async function updateToken(
  context: EngineContext,
  request: UpdateRequest,
): Promise<Response<"auth/token/update">> {
  const token = await findNamedToken(context, request);
  const value = request.accessTokenValueUpdated === true ? randomValue(context.random) : undefined;
  const changed: AccessToken = {
    ...token,
    ...(value === undefined ? {} : { accessTokenHash: hashOf(value) }),
    ...(await changedScopes(context, token, request)),
    ...changedLife(context, token, request),
    ...changedProperties(request),
    details: { ...token.details, ...changedDetails(request) },
  };
  const isChanged = await context.store.write((writer) => writer.updateToken(token.accessTokenHash, changed));
  if (!isChanged) refuse("A900303");
  return updated(context, changed, value ?? givenNonEmptyText(request.accessToken));
}

/** The first of the members that name a token counts. */
async function findNamedToken(context: EngineContext, request: UpdateRequest): Promise<AccessToken> {
  const byAccessToken = [request.accessToken, request.accessTokenHash, request.tokenId];
  const byRefreshToken = [request.refreshToken, request.refreshTokenHash];
  const access = byAccessToken.map(givenNonEmptyText).find((text) => text !== undefined);
  const refresh = byRefreshToken.map(givenNonEmptyText).find((text) => text !== undefined);
  if (access === undefined && refresh === undefined) return refuse("A900205");
  const token =
    access === undefined
      ? await findByRefreshTokenIdentifier(context, refresh as string)
      : await findByAccessTokenIdentifier(context, access);
  return token ?? refuse("A900302");
}

/** New scopes bring new lifetimes where the call wants that. */
async function changedScopes(
  context: EngineContext,
  token: AccessToken,
  request: UpdateRequest,
): Promise<Partial<AccessToken>> {
  if (givenList(request.scopes) === undefined) return {};
  const scopes = [...new Set(givenTexts(request.scopes))];
  if (grantableScopes(context.service, {}, scopes).length < scopes.length) refuse("A106201");
  const client = (await context.store.read.findClient(context.serviceId, String(token.clientId))) ?? {};
  const { service, now } = context;
  const lifeOf = (kind: "accessTokenDuration" | "refreshTokenDuration") =>
    lifetime({ kind, service, client, scopes, requested: undefined });
  return {
    scopes,
    ...(token.refreshTokenScopes && { refreshTokenScopes: scopes }),
    ...(request.accessTokenExpiresAtUpdatedOnScopeUpdate === true &&
      accessLife(now + lifeOf("accessTokenDuration") * 1000, now)),
    ...(request.refreshTokenExpiresAtUpdatedOnScopeUpdate === true &&
      refreshLife(token, now + lifeOf("refreshTokenDuration") * 1000, now)),
  };
}

function changedLife(
  { now }: EngineContext,
  token: AccessToken,
  request: UpdateRequest,
): Partial<AccessToken> {
  const accessTokenExpiresAt =
    request.accessTokenPersistent === true
      ? now + LONGEST_SECONDS * 1000
      : moment(request.accessTokenExpiresAt);
  const refreshTokenExpiresAt = moment(request.refreshTokenExpiresAt);
  return {
    ...(accessTokenExpiresAt && accessLife(accessTokenExpiresAt, now)),
    ...(refreshTokenExpiresAt && refreshLife(token, refreshTokenExpiresAt, now)),
  };
}

/** Milliseconds since the epoch; 0 keeps what there is. */
function moment(value: unknown): number | undefined {
  return typeof value === "number" && value > 0 ? Math.floor(value) : undefined;
}

function accessLife(expiresAt: number, now: number): Partial<AccessToken> {
  return { accessTokenExpiresAt: expiresAt, accessTokenDuration: secondsUntil(expiresAt, now) };
}

/** A token without a refresh token gets none by this. */
function refreshLife(token: AccessToken, expiresAt: number, now: number): Partial<AccessToken> {
  if (token.refreshTokenHash === undefined) return {};
  return { refreshTokenExpiresAt: expiresAt, refreshTokenDuration: secondsUntil(expiresAt, now) };
}

function secondsUntil(expiresAt: number, now: number): number {
  return Math.max(0, Math.floor((expiresAt - now) / 1000));
}

/** An empty list takes all properties away. */
function changedProperties(request: UpdateRequest): Partial<AccessToken> {
  if (givenList(request.properties) === undefined) return {};
  const properties = readProperties(request.properties);
  checkPropertiesSize(properties, "A108201");
  return { properties };
}

function changedDetails(request: UpdateRequest): Partial<AccessToken["details"]> {
  const confirmation = readConfirmation(request);
  return {
    ...(confirmation && { confirmation }),
    ...(request.authorizationDetails && { authorizationDetails: request.authorizationDetails }),
    ...(request.forExternalAttachment === true && { forExternalAttachment: true }),
  };
}

function updated(
  { service }: EngineContext,
  token: AccessToken,
  accessToken: string | undefined,
): Response<"auth/token/update"> {
  const { authorizationDetails, forExternalAttachment, confirmation } = token.details;
  return {
    ...result("A135001", "The token was changed."),
    action: "OK",
    ...(accessToken && { accessToken }),
    accessTokenExpiresAt: token.accessTokenExpiresAt,
    ...(token.refreshTokenExpiresAt && { refreshTokenExpiresAt: token.refreshTokenExpiresAt }),
    scopes: token.scopes,
    ...(token.properties.length > 0 && { properties: token.properties }),
    ...(authorizationDetails && { authorizationDetails }),
    tokenType: confirmation?.jkt ? "DPoP" : service.accessTokenType || "Bearer",
    ...(forExternalAttachment && { forExternalAttachment }),
    tokenId: token.accessTokenHash,
  };
}
