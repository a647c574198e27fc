import type { Client } from "../../authlete/client.ts";
import type { Request, Response } from "../../authlete/operations.ts";
import { hashOf } from "../../secret/hash.ts";
import { checkPropertiesSize, readProperties } from "../access-token/properties.ts";
import { decidedAuthorizationDetails } from "../authorization/decided-authorization-details.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText, givenTexts } from "../given.ts";
import { randomValue } from "../random-value.ts";
import type { AccessToken, TokenDetails } from "../records.ts";
import { refuse, result } from "../refusal.ts";
import { grantableScopes } from "../token/scopes.ts";
import { changeToken } from "./change-token.ts";
import { readConfirmation } from "./confirmation.ts";
import { findNamedToken } from "./named-token.ts";
import { changedLife } from "./update-life.ts";

export type UpdateRequest = Partial<Request<"auth/token/update">>;

/** `auth/token/update`: changes an access token and its refresh token. What is left out stays as it is. */
export async function updateToken(
  context: EngineContext,
  request: UpdateRequest,
): Promise<Response<"auth/token/update">> {
  const { token, isStillNamed } = await findNamedToken(context, request);
  const client = (await context.store.read.findClient(context.serviceId, String(token.clientId))) ?? {};
  const value = request.accessTokenValueUpdated === true ? randomValue(context.random) : undefined;
  const changed = await context.store.write((transaction) =>
    changeToken(transaction, token, (current) => {
      if (!isStillNamed(current)) refuse("A134202");
      return withChanges(context, current, { request, client, value });
    }),
  );
  if (!changed) return refuse("A134202");
  return updatedAnswer(context, changed, value ?? givenNonEmptyText(request.accessToken));
}

type Change = { request: UpdateRequest; client: Client; value: string | undefined };

function withChanges(context: EngineContext, token: AccessToken, change: Change): AccessToken {
  const { request, client, value } = change;
  const scopes = changedScopes(context, client, request);
  return {
    ...token,
    ...(value === undefined ? {} : { accessTokenHash: hashOf(value) }),
    ...(scopes && { scopes }),
    ...(scopes && token.refreshTokenScopes && { refreshTokenScopes: scopes }),
    ...changedLife(context, token, { request, client, scopes }),
    ...changedProperties(request),
    details: { ...token.details, ...changedDetails(request, token.details) },
  };
}

/** Scopes that the service does not have, or the client may not ask for, are left out. */
function changedScopes(
  { service }: EngineContext,
  client: Client,
  { scopes }: UpdateRequest,
): string[] | undefined {
  if (!Array.isArray(scopes)) return undefined;
  return grantableScopes(service, client, [...new Set(givenTexts(scopes))]);
}

/** An empty list takes all properties away. */
function changedProperties({ properties }: UpdateRequest): Partial<AccessToken> {
  if (!Array.isArray(properties)) return {};
  const read = readProperties(properties);
  checkPropertiesSize(read, "A108201");
  return { properties: read };
}

/** A token that is bound to one thing and gets bound to another is bound to both: it never gets looser. */
function changedDetails(request: UpdateRequest, before: TokenDetails): Partial<TokenDetails> {
  const confirmation = readConfirmation(request);
  const authorizationDetails = decidedAuthorizationDetails(request.authorizationDetails, undefined);
  return {
    ...(confirmation && { confirmation: { ...before.confirmation, ...confirmation } }),
    ...(authorizationDetails && { authorizationDetails, grantedAuthorizationDetails: authorizationDetails }),
    ...(request.forExternalAttachment === true && { forExternalAttachment: true }),
  };
}

function updatedAnswer(
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
    tokenId: token.id,
  };
}
