import type { Request } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { findByAccessTokenIdentifier } from "./token-identifier.ts";

/** `auth/token/delete`: removes an access token and its refresh token. One that does not exist is removed already. */
export async function deleteToken(
  context: EngineContext,
  request: Partial<Request<"auth/token/delete">>,
): Promise<Record<string, never>> {
  const identifier = givenNonEmptyText(request.accessTokenIdentifier);
  const token = identifier === undefined ? undefined : await findByAccessTokenIdentifier(context, identifier);
  if (token) await context.store.write((writer) => writer.deleteToken(context.serviceId, token.id));
  return {};
}
