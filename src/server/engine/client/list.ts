import type { Client } from "../../authlete/client.ts";
import type { Request, Response } from "../../authlete/operations.ts";
import { isStorable } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import type { ClientFilter, Page } from "../ports.ts";
import { readRange } from "../range.ts";

/** `client/get/list`: the clients of the service, or those of a developer. */
export async function listClients(
  context: EngineContext,
  request: Partial<Request<"client/get/list">>,
): Promise<Response<"client/get/list">> {
  const developer = givenNonEmptyText(request.developer);
  const { start, end, page } = readRange(request);
  const { totalCount, clients } = await clientsOf(context, { developer }, page);
  return { start, end, totalCount, ...(clients && { clients }) };
}

/**
 * A part of the clients that fit, and how many there are. An empty part is no list; a developer whom no client can have, has
 * none.
 */
export async function clientsOf(
  { store, serviceId }: EngineContext,
  filter: ClientFilter,
  page: Page,
): Promise<{ totalCount: number; clients?: Client[] }> {
  const isPossible = isStorable(filter.developer ?? "");
  const totalCount = isPossible ? await store.read.countClients(serviceId, filter) : 0;
  if (page.limit === 0) return { totalCount };
  return { totalCount, clients: isPossible ? await store.read.listClients(serviceId, filter, page) : [] };
}
