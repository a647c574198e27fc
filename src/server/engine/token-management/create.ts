import { type GrantType, grantTypeSchema } from "../../authlete/enumerations.ts";
import type { Request, Response } from "../../authlete/operations.ts";
import { readJwtAtClaims } from "../access-token/jwt-at-claims.ts";
import { type MintedToken, mintToken } from "../access-token/mint.ts";
import { checkPropertiesSize, readProperties } from "../access-token/properties.ts";
import { decidedAuthorizationDetails } from "../authorization/decided-authorization-details.ts";
import { lookUpClient, type StoredClient } from "../client/find-client.ts";
import { isStorable } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText, givenSeconds, givenTexts, LONGEST_SECONDS } from "../given.ts";
import type { TokenDetails } from "../records.ts";
import { refuse } from "../refusal.ts";
import { bindingDetails } from "../sender-constraint/binding.ts";
import { checkServiceSupportsGrantType } from "../token/grant-type.ts";
import { grantableScopes } from "../token/scopes.ts";
import { readSubject } from "../token/subject.ts";
import { readConfirmation } from "./confirmation.ts";
import { chosenRefreshToken } from "./create-refresh-token.ts";
import { createdAnswer } from "./created-answer.ts";
import { storeCreatedToken } from "./store-created-token.ts";

export type CreateRequest = Partial<Request<"auth/token/create">>;

/** What a token is created from: the call, and what was found of it. */
export type Creation = {
  request: CreateRequest;
  grantType: GrantType;
  client: StoredClient;
  scopes: string[];
};

/** `auth/token/create`: an access token without a token request, for example to finish a token exchange. */
export async function createToken(
  context: EngineContext,
  request: CreateRequest,
): Promise<Response<"auth/token/create">> {
  const grantType = readGrantType(context, request.grantType);
  const client = await readClient(context, request);
  const creation = { request, grantType, client, scopes: readScopes(context, request) };
  const minted = mint(context, creation);
  await storeCreatedToken(context, minted.row, client);
  return createdAnswer(context, minted, request);
}

/** A refresh token is no grant of its own, and a pre-authorized code is none of this engine's. */
function readGrantType({ service }: EngineContext, value: unknown): GrantType {
  const parsed = grantTypeSchema.safeParse(value);
  if (!parsed.success) return refuse("A104201");
  if (parsed.data === "REFRESH_TOKEN") refuse("A104202");
  if (parsed.data === "PRE_AUTHORIZED_CODE") refuse("A104203");
  checkServiceSupportsGrantType(service, parsed.data, "A104203");
  return parsed.data;
}

/** The client that a call names by any identifier or by its number. */
async function readClient(context: EngineContext, request: CreateRequest): Promise<StoredClient> {
  const identifier = givenNonEmptyText(request.clientIdentifier) ?? request.clientId;
  const client = (await lookUpClient(context, identifier)) ?? refuse("A107201");
  return client.locked ? refuse("A107203") : client;
}

/** Only registered scopes; here they are refused, not dropped: the caller is the authorization server. */
function readScopes({ service }: EngineContext, { scopes }: CreateRequest): string[] {
  const wanted = [...new Set(givenTexts(scopes))];
  return grantableScopes(service, {}, wanted).length === wanted.length ? wanted : refuse("A106201");
}

function mint(context: EngineContext, creation: Creation): MintedToken {
  const { request, grantType, client, scopes } = creation;
  const resources = [...new Set(givenTexts(request.resources))];
  const properties = readProperties(request.properties);
  checkPropertiesSize(properties, "A108201");
  const isPersistent = request.accessTokenPersistent === true;
  return mintToken(
    context,
    {
      client,
      clientId: client.clientId,
      clientIdAliasUsed: request.clientIdAliasUsed === true,
      subject: readSubjectFor(grantType, request.subject),
      grantType,
      scopes,
      properties,
      resources,
      accessTokenResources: resources,
      jwtAtClaims: readJwtAtClaims(request.jwtAtClaims, "A108205"),
      sessionId: readSessionId(request.sessionId),
      details: readDetails(request, client),
    },
    {
      wishes: isPersistent ? { ...request, accessTokenDuration: LONGEST_SECONDS } : request,
      refreshToken: chosenRefreshToken(context, creation),
      jwtFailure: "A108205",
    },
  );
}

/** Client credentials have no subject, and a JWT may name one that is none of the service's users. */
function readSubjectFor(grantType: GrantType, value: unknown): string | undefined {
  if (grantType === "CLIENT_CREDENTIALS") return undefined;
  if (grantType === "JWT_BEARER" && givenNonEmptyText(value) === undefined) return undefined;
  return readSubject(value, ["A105201", "A105202", "A105203"]);
}

/** Whoever ends the session wants to end the token: one that could not be found by it is not made. */
function readSessionId(value: unknown): string | undefined {
  const sessionId = givenNonEmptyText(value);
  return sessionId === undefined || isStorable(sessionId) ? sessionId : refuse("A900205");
}

/** The refresh token of a public client is bound to the key as well (RFC 9449 5). */
function readDetails(request: CreateRequest, { clientType }: StoredClient): TokenDetails {
  const confirmation = readConfirmation(request);
  const acr = givenNonEmptyText(request.acr);
  const authTime = givenSeconds(request.authTime);
  const authorizationDetails = decidedAuthorizationDetails(request.authorizationDetails, undefined);
  return {
    ...bindingDetails({
      confirmation,
      refreshTokenJkt: clientType === "PUBLIC" ? confirmation?.jkt : undefined,
    }),
    ...(acr && { acr }),
    ...(authTime && { authTime }),
    ...(authorizationDetails && { authorizationDetails }),
    ...(request.forExternalAttachment === true && { forExternalAttachment: true }),
  };
}
