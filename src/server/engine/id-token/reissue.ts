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
  if (givenNonEmptyText(request.refreshToken) === undefined) refuse("A346205");
  const found = await findIssuedTokens(context, request, {
    missing: "A346201",
    unknown: "A346202",
    expired: "A346203",
    foreignRefreshToken: "A346206",
    noSubject: "A346204",
    noClient: "A346207",
  });
  if (!isIdTokenReissuable(context, found.issued.row)) refuse("A346204");
  const grant = readLaterIdToken(found, request, { claims: "A346208", headerParameters: "A346209" });
  const idToken = await laterIdToken(context, found, { idToken: grant });
  return {
    ...result("A346001", "The ID token was issued again."),
    action: "OK",
    responseContent: tokenBody(context, { ...found.issued, idToken }),
    idToken,
  };
}
