import { type GrantType, grantTypeSchema } from "../../authlete/enumerations.ts";
import type { Property } from "../../authlete/members.ts";
import type { Request, Response } from "../../authlete/operations.ts";
import { hashOf } from "../../secret/hash.ts";
import { readJwtAtClaims } from "../access-token/jwt-at-claims.ts";
import { type MintedToken, mintRefreshToken, mintToken, type RefreshToken } from "../access-token/mint.ts";
import { checkPropertiesSize, readProperties } from "../access-token/properties.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText, givenSeconds, givenTexts, LONGEST_SECONDS } from "../given.ts";
import type { TokenDetails } from "../records.ts";
import { refuse, result } from "../refusal.ts";
import { refreshTokenIsIssued } from "../token/grant-type.ts";
import { grantableScopes } from "../token/scopes.ts";
import { readSubject } from "../token/subject.ts";
import { readConfirmation } from "./confirmation.ts";
import { type NamedClient, readNamedClient } from "./named-client.ts";

type CreateRequest = Partial<Request<"auth/token/create">>;

/** `auth/token/create`: an access token without a token request, for example to finish a token exchange. */
export async function createToken(
  context: EngineContext,
  request: CreateRequest,
): Promise<Response<"auth/token/create">> {
  const grantType = readGrantType(request.grantType);
  const named = await readNamedClient(context, request);
  const minted = mint(context, { request, grantType, named });
  await storeToken(context, minted, named);
  return created(context, minted, request);
}

/** A refresh token is no grant of its own, and a pre-authorized code is none of this engine's. */
function readGrantType(value: unknown): GrantType {
  const parsed = grantTypeSchema.safeParse(value);
  const isCreated =
    parsed.success && parsed.data !== "REFRESH_TOKEN" && parsed.data !== "PRE_AUTHORIZED_CODE";
  return isCreated ? parsed.data : refuse("A900201");
}

type Creation = { request: CreateRequest; grantType: GrantType; named: NamedClient };

function mint(context: EngineContext, { request, grantType, named }: Creation): MintedToken {
  const { client, clientId } = named;
  const scopes = readScopes(context, request);
  const resources = [...new Set(givenTexts(request.resources))];
  const wishes =
    request.accessTokenPersistent === true ? { ...request, accessTokenDuration: LONGEST_SECONDS } : request;
  return mintToken(
    context,
    {
      client,
      clientId,
      clientIdAliasUsed: request.clientIdAliasUsed === true,
      subject: readSubjectFor(grantType, request.subject),
      grantType,
      scopes,
      properties: readSizedProperties(request.properties),
      resources,
      accessTokenResources: resources,
      jwtAtClaims: readJwtAtClaims(request.jwtAtClaims, "A108202"),
      sessionId: givenNonEmptyText(request.sessionId),
      details: readDetails(request),
    },
    {
      wishes,
      refreshToken: readRefreshToken(context, { request, grantType, named, scopes }),
      jwtFailure: "A108202",
    },
  );
}

/** Only registered scopes; here they are refused, not dropped: the caller is the authorization server. */
function readScopes({ service }: EngineContext, { scopes }: CreateRequest): string[] {
  const wanted = [...new Set(givenTexts(scopes))];
  return grantableScopes(service, {}, wanted).length === wanted.length ? wanted : refuse("A106201");
}

/** Client credentials have no subject, and a JWT may name one that is none of the service's users. */
function readSubjectFor(grantType: GrantType, value: unknown): string | undefined {
  if (grantType === "CLIENT_CREDENTIALS") return undefined;
  if (givenNonEmptyText(value) === undefined)
    return grantType === "JWT_BEARER" ? undefined : refuse("A900203");
  return readSubject(value);
}

function readSizedProperties(value: unknown): Property[] {
  const properties = readProperties(value);
  checkPropertiesSize(properties, "A108201");
  return properties;
}

function readDetails(request: CreateRequest): TokenDetails {
  const confirmation = readConfirmation(request);
  const acr = givenNonEmptyText(request.acr);
  const authTime = givenSeconds(request.authTime);
  return {
    ...(confirmation && { confirmation }),
    ...(acr && { acr }),
    ...(authTime && { authTime }),
    ...(request.authorizationDetails && { authorizationDetails: request.authorizationDetails }),
    ...(request.forExternalAttachment === true && { forExternalAttachment: true }),
  };
}

/** Implicit and client credentials grants never come with a refresh token (RFC 6749 4.2.2, 4.4.3). */
function readRefreshToken(
  context: EngineContext,
  { request, grantType, named, scopes }: Creation & { scopes: string[] },
): RefreshToken | undefined {
  if (grantType === "IMPLICIT" || grantType === "CLIENT_CREDENTIALS") return undefined;
  if (!refreshTokenIsIssued(context.service, named.client)) return undefined;
  const refreshToken = mintRefreshToken(context, { client: named.client, scopes }, request);
  return { ...refreshToken, value: givenNonEmptyText(request.refreshToken) ?? refreshToken.value };
}

async function storeToken(
  context: EngineContext,
  { row }: MintedToken,
  { client }: NamedClient,
): Promise<void> {
  const { store, serviceId, service } = context;
  const isSingle = service.singleAccessTokenPerSubject || client.singleAccessTokenPerSubject;
  await store.write(async (writer) => {
    if (isSingle && row.subject !== undefined) {
      await writer.deleteTokensOf(serviceId, row.clientId, row.subject);
    }
    if (await writer.insertToken(row)) return;
    const isTaken = await writer.findByAccessToken(serviceId, row.accessTokenHash);
    refuse(isTaken ? "A144201" : "A144202");
  });
}

function created(
  context: EngineContext,
  { row, accessToken, jwtAccessToken, refreshToken }: MintedToken,
  request: CreateRequest,
): Response<"auth/token/create"> {
  const clientIdentifier = givenNonEmptyText(request.clientIdentifier);
  const { authorizationDetails, forExternalAttachment } = row.details;
  return {
    ...result("A109001", "A token was created."),
    action: "OK",
    accessToken,
    ...(jwtAccessToken && { jwtAccessToken }),
    ...(refreshToken && { refreshToken, refreshTokenScopes: row.refreshTokenScopes ?? [] }),
    clientId: row.clientId,
    ...(clientIdentifier && { clientIdentifier }),
    ...(row.subject && { subject: row.subject }),
    grantType: row.grantType,
    scopes: row.scopes,
    ...(row.properties.length > 0 && { properties: row.properties }),
    tokenType: row.details.confirmation?.jkt ? "DPoP" : context.service.accessTokenType || "Bearer",
    expiresIn: row.accessTokenDuration,
    expiresAt: row.accessTokenExpiresAt,
    ...(authorizationDetails && { authorizationDetails }),
    ...(forExternalAttachment && { forExternalAttachment }),
    tokenId: hashOf(accessToken),
    ...(row.sessionId && { sessionId: row.sessionId }),
  };
}
