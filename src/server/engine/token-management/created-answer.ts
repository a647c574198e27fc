import type { Response } from "../../authlete/operations.ts";
import type { MintedToken } from "../access-token/mint.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { result } from "../refusal.ts";
import type { CreateRequest } from "./create.ts";

/** The answer that gives a created token. */
export function createdAnswer(
  { service }: EngineContext,
  { row, accessToken, jwtAccessToken, refreshToken }: MintedToken,
  request: CreateRequest,
): Response<"auth/token/create"> {
  const clientIdentifier = givenNonEmptyText(request.clientIdentifier);
  const { authorizationDetails, forExternalAttachment, confirmation } = row.details;
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
    tokenType: confirmation?.jkt ? "DPoP" : service.accessTokenType || "Bearer",
    expiresIn: row.accessTokenDuration,
    expiresAt: row.accessTokenExpiresAt,
    ...(authorizationDetails && { authorizationDetails }),
    ...(forExternalAttachment && { forExternalAttachment }),
    tokenId: row.id,
    ...(row.sessionId && { sessionId: row.sessionId }),
  };
}
