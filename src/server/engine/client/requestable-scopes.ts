import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { givenTexts } from "../given.ts";
import { registeredNames } from "../token/scopes.ts";
import { findStoredClient, type StoredClient } from "./find-client.ts";
import { changeClient } from "./update.ts";

/** `client/extension/requestable_scopes/get`: the only scopes a client may ask for; absent where it may ask for all. */
export async function getRequestableScopes(
  context: EngineContext,
  request: Partial<Request<"client/extension/requestable_scopes/get">>,
): Promise<Response<"client/extension/requestable_scopes/get">> {
  return shown(await findStoredClient(context, request.clientId));
}

/**
 * `client/extension/requestable_scopes/update`: replaces the scopes a client may ask for. An empty list takes the limit away; scopes
 * that the service does not have are left out, and a list of nothing else leaves the client none.
 */
export async function updateRequestableScopes(
  context: EngineContext,
  request: Partial<Request<"client/extension/requestable_scopes/update">>,
): Promise<Response<"client/extension/requestable_scopes/update">> {
  const { clientId } = await findStoredClient(context, request.clientId);
  const wanted = [...new Set(givenTexts(request.requestableScopes))];
  const limit = wanted.length > 0 ? registeredNames(context.service, wanted) : undefined;
  return shown(await limitScopes(context, clientId, limit));
}

/** `client/extension/requestable_scopes/delete`: lets a client ask for every scope of the service. */
export async function deleteRequestableScopes(
  context: EngineContext,
  request: Partial<Request<"client/extension/requestable_scopes/delete">>,
): Promise<Record<string, never>> {
  const { clientId } = await findStoredClient(context, request.clientId);
  await limitScopes(context, clientId, undefined);
  return {};
}

/** `undefined` takes the limit away. */
function limitScopes(
  context: EngineContext,
  clientId: number,
  limit: string[] | undefined,
): Promise<StoredClient> {
  return changeClient(context, clientId, (client) => {
    const { requestableScopes: _before, ...extension } = client.extension ?? {};
    const limited = limit ? { requestableScopes: limit } : {};
    return { ...client, extension: { ...extension, requestableScopesEnabled: !!limit, ...limited } };
  });
}

function shown({ extension }: StoredClient): { requestableScopes?: string[] } {
  const { requestableScopesEnabled, requestableScopes } = extension ?? {};
  return requestableScopesEnabled ? { requestableScopes: [...(requestableScopes ?? [])] } : {};
}
