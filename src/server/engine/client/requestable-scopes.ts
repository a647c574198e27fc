import type { Request, Response } from "../../authlete/operations.ts";
import { refuseCall } from "../call-refusal.ts";
import type { EngineContext } from "../context.ts";
import { givenTexts } from "../given.ts";
import { grantableScopes } from "../token/scopes.ts";
import { findStoredClient, type StoredClient } from "./find-client.ts";
import { changeClient } from "./update.ts";

/** `client/extension/requestable_scopes/get`: the only scopes a client may ask for; absent where it may ask for all. */
export async function getRequestableScopes(
  context: EngineContext,
  request: Partial<Request<"client/extension/requestable_scopes/get">>,
): Promise<Response<"client/extension/requestable_scopes/get">> {
  return shown(await findStoredClient(context, request.clientId));
}

/** `client/extension/requestable_scopes/update`: replaces the scopes a client may ask for. An empty list takes the limit away. */
export async function updateRequestableScopes(
  context: EngineContext,
  request: Partial<Request<"client/extension/requestable_scopes/update">>,
): Promise<Response<"client/extension/requestable_scopes/update">> {
  const { clientId } = await findStoredClient(context, request.clientId);
  const wanted = [...new Set(givenTexts(request.requestableScopes))];
  if (grantableScopes(context.service, {}, wanted).length < wanted.length) {
    return refuseCall("A126202", "requestableScopes");
  }
  return shown(await limitScopes(context, clientId, wanted));
}

/** `client/extension/requestable_scopes/delete`: lets a client ask for every scope of the service. */
export async function deleteRequestableScopes(
  context: EngineContext,
  request: Partial<Request<"client/extension/requestable_scopes/delete">>,
): Promise<Record<string, never>> {
  const { clientId } = await findStoredClient(context, request.clientId);
  await limitScopes(context, clientId, []);
  return {};
}

function limitScopes(context: EngineContext, clientId: number, scopes: string[]): Promise<StoredClient> {
  return changeClient(context, clientId, (client) => {
    const { requestableScopes: _before, ...extension } = client.extension ?? {};
    const limit = scopes.length > 0 ? { requestableScopes: scopes } : {};
    return { ...client, extension: { ...extension, requestableScopesEnabled: scopes.length > 0, ...limit } };
  });
}

function shown({ extension }: StoredClient): { requestableScopes?: string[] } {
  const { requestableScopesEnabled, requestableScopes } = extension ?? {};
  return requestableScopesEnabled ? { requestableScopes: [...(requestableScopes ?? [])] } : {};
}
