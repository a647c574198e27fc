import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText, givenTexts } from "../given.ts";
import { readRange } from "../range.ts";
import { result } from "../refusal.ts";
import { grantableScopes, scopeNames } from "../token/scopes.ts";
import { changeToken } from "../token-management/change-token.ts";
import { findStoredClient, type StoredClient } from "./find-client.ts";
import { limitedClient } from "./limited-client.ts";
import { clientsOf } from "./list.ts";
import { requiredSubject } from "./required-subject.ts";

/** `client/authorization/get/list`: the clients that hold tokens of an end-user. */
export async function listAuthorizations(
  context: EngineContext,
  request: Partial<Request<"client/authorization/get/list">>,
): Promise<Response<"client/authorization/get/list">> {
  const subject = requiredSubject(request.subject);
  const developer = givenNonEmptyText(request.developer);
  const { start, end, page } = readRange(request);
  const { totalCount, clients } = await clientsOf(context, { subject, developer }, page);
  return {
    start,
    end,
    ...(developer === undefined ? {} : { developer }),
    subject,
    totalCount,
    ...(clients && { clients: clients.map(limitedClient) }),
  };
}

/** All tokens that one client holds of one end-user, in one list. */
const ALL = { offset: 0, limit: 1_000_000 };

/**
 * `client/authorization/update`: gives every token that a client holds of an end-user these scopes, as far as the client may have
 * them. Without a list of scopes the tokens stay as they are.
 */
export async function updateAuthorization(
  context: EngineContext,
  request: Partial<Request<"client/authorization/update">>,
): Promise<Response<"client/authorization/update">> {
  const client = await findStoredClient(context, request.clientId);
  const subject = requiredSubject(request.subject);
  if (Array.isArray(request.scopes)) await giveScopes(context, { client, subject }, request.scopes);
  return result("A138001", "The tokens have these scopes.");
}

/** In one transaction: no token is passed over because another goes away meanwhile. Names may come in one text, as in a form body. */
async function giveScopes(
  context: EngineContext,
  { client, subject }: { client: StoredClient; subject: string },
  wanted: readonly unknown[],
): Promise<void> {
  const names = [...new Set(givenTexts(wanted).flatMap(scopeNames))];
  const scopes = grantableScopes(context.service, client, names);
  await context.store.write(async (writer) => {
    const filter = { clientId: client.clientId, subject };
    for (const { id } of await writer.listTokens(context.serviceId, filter, ALL)) {
      await changeToken(writer, { serviceId: context.serviceId, id }, (token) => ({
        ...token,
        scopes,
        refreshTokenScopes: token.refreshTokenScopes && scopes,
      }));
    }
  });
}

/** `client/authorization/delete`: removes the tokens that a client holds of an end-user. */
export async function deleteAuthorization(
  context: EngineContext,
  request: Partial<Request<"client/authorization/delete">>,
): Promise<Response<"client/authorization/delete">> {
  const { clientId } = await findStoredClient(context, request.clientId);
  const subject = requiredSubject(request.subject);
  await context.store.write((writer) => writer.deleteTokensOf(context.serviceId, clientId, subject));
  return result("A137001", "The client holds no tokens of the subject any more.");
}
