import { mintRefreshToken, type RefreshToken } from "../access-token/mint.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import { refreshTokenIsIssued } from "../token/grant-type.ts";
import type { Creation } from "./create.ts";

/** The refresh token to go with a created token, of the value that the call chooses; one that there cannot be is refused, not ignored. */
export function chosenRefreshToken(
  context: EngineContext,
  creation: Pick<Creation, "request" | "grantType" | "client" | "scopes">,
): RefreshToken | undefined {
  const { request, client, scopes } = creation;
  const value = givenNonEmptyText(request.refreshToken);
  const code = whyNone(context, creation);
  if (code !== undefined) return value === undefined ? undefined : refuse(code);
  const refreshToken = mintRefreshToken(context, { client, scopes }, request);
  return { ...refreshToken, value: value ?? refreshToken.value };
}

/** Implicit and client credentials grants never come with a refresh token (RFC 6749 4.2.2, 4.4.3). */
function whyNone(
  { service }: EngineContext,
  { grantType, client }: Pick<Creation, "grantType" | "client">,
): RefusalCode | undefined {
  if (grantType === "IMPLICIT") return "A108203";
  if (grantType === "CLIENT_CREDENTIALS") return "A108204";
  return refreshTokenIsIssued(service, client) ? undefined : "A108202";
}
