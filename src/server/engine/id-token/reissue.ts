import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { refuse, result } from "../refusal.ts";
import { isIdTokenReissuable } from "../token/refresh-token-answer.ts";
import { tokenBody } from "../token/token-answer.ts";
import { findIssuedTokens } from "./issued-tokens.ts";
import { laterIdToken, readLaterIdToken } from "./later-id-token.ts";

/**
 * `idtoken/reissue`: a new ID token for tokens that were refreshed, and the token response with all of them (OIDC Core 12.2). It
 * says the same of user and authentication as the first one, and nothing of the request that the first one answered.
 */
export async function reissueIdToken(
  context: EngineContext,
  request: Partial<Request<"idtoken/reissue">>,
): Promise<Response<"idtoken/reissue">> {
  if (givenNonEmptyText(request.refreshToken) === undefined) refuse("A901207");
  const found = await findIssuedTokens(context, request, {
    missing: "A901203",
    unknown: "A901204",
    expired: "A901205",
    foreignRefreshToken: "A901208",
    noSubject: "A901206",
    noClient: "A901209",
  });
  if (!isIdTokenReissuable(context, found.issued.row)) refuse("A901206");
  const grant = readLaterIdToken(found, request, { claims: "A901210", headerParameters: "A901211" });
  const idToken = await laterIdToken(context, found, { idToken: grant });
  return {
    ...result("A901001", "The ID token was issued again."),
    action: "OK",
    responseContent: tokenBody(context, { ...found.issued, idToken }),
    idToken,
  };
}
