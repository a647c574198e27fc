import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText, givenTexts } from "../given.ts";
import type { EngineWriter } from "../ports.ts";
import { readRange } from "../range.ts";
import type { AccessToken } from "../records.ts";
import { result } from "../refusal.ts";
import { grantableScopes } from "../token/scopes.ts";
import { findStoredClient } from "./find-client.ts";
import { limitedClient } from "./limited-client.ts";
import { requiredSubject } from "./required-subject.ts";

/** `client/authorization/get/list`: the clients that hold tokens of an end-user. */
export async function listAuthorizations(
  context: EngineContext,
  request: Partial<Request<"client/authorization/get/list">>,
): Promise<Response<"client/authorization/get/list">> {
  const subject = requiredSubject(request.subject);
  const developer = givenNonEmptyText(request.developer);
  const { start, end, page } = readRange(request);
  const { read } = context.store;
  const totalCount = await read.countClients(context.serviceId, { subject, developer });
  const clients = await read.listClients(context.serviceId, { subject, developer }, page);
  return {
    start,
    end,
    ...(developer === undefined ? {} : { developer }),
    subject,
    totalCount,
    clients: clients.map(limitedClient),
  };
}

/** As many tokens as one transaction changes. */
const BATCH = 100;

/** `client/authorization/update`: gives every token that a client holds of an end-user these scopes. */
export async function updateAuthorization(
  context: EngineContext,
  request: Partial<Request<"client/authorization/update">>,
): Promise<Response<"client/authorization/update">> {
  const client = await findStoredClient(context, request.clientId);
  const subject = requiredSubject(request.subject);
  const scopes = grantableScopes(context.service, client, [...new Set(givenTexts(request.scopes))]);
  const filter = { clientId: client.clientId, subject };
  for (let offset = 0; ; offset += BATCH) {
    const changed = await context.store.write(async (writer) => {
      const tokens = await writer.listTokens(context.serviceId, filter, { offset, limit: BATCH });
      for (const token of tokens) await giveScopes(writer, token, scopes);
      return tokens.length;
    });
    if (changed < BATCH) return result("A900003", "The tokens have these scopes.");
  }
}

/** A token may be refreshed meanwhile: then it is its new form that gets the scopes. */
async function giveScopes(writer: EngineWriter, token: AccessToken, scopes: string[]): Promise<void> {
  let current: AccessToken | undefined = token;
  while (current) {
    const refreshTokenScopes = current.refreshTokenScopes && scopes;
    const changed = { ...current, scopes, refreshTokenScopes };
    if (await writer.updateToken(current.accessTokenHash, changed)) return;
    current = await writer.findToken(token.serviceId, token.id);
  }
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
