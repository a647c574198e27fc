import type { Request, Response } from "../../authlete/operations.ts";
import { findByHint } from "../access-token/find-by-hint.ts";
import { authenticateClient } from "../client-authentication/authenticate-client.ts";
import { readCredentials } from "../client-authentication/credentials.ts";
import { identifyClient } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import { type Form, parseForm, requiredParameter } from "../form.ts";
import { refuse, result } from "../refusal.ts";

/**
 * `auth/revocation` (RFC 7009): ends an access token and its refresh token, whichever of the two is presented. A token
 * that does not exist is revoked already.
 */
export async function revoke(
  context: EngineContext,
  request: Partial<Request<"auth/revocation">>,
): Promise<Response<"auth/revocation">> {
  const form = readRevocationParameters(request.parameters);
  const credentials = readCredentials(request, form);
  const { client, clientId } = await identifyClient(context, credentials, "A116302");
  await authenticateClient(context, client, { credentials, endpoint: "revocation" });
  const presented = requiredParameter(form, "token", ["A115301", "A115302", "A115303"]);
  const found = await findByHint(context, presented, form.get("token_type_hint")?.[0]);
  const token = found?.token;
  if (token && token.clientId !== clientId) refuse("A116301");
  if (token) await context.store.write((writer) => writer.deleteToken(context.serviceId, token.id));
  return { ...result("A113001", "The token is not valid any more."), action: "OK" };
}

function readRevocationParameters(parameters: unknown): Form {
  if (parameters === undefined || parameters === null) return refuse("A115201");
  return typeof parameters === "string" ? parseForm(parameters) : refuse("A115202");
}
