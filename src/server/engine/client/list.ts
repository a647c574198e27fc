import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { readRange } from "../range.ts";

/** `client/get/list`: the clients of the service, or those of a developer. */
export async function listClients(
  context: EngineContext,
  request: Partial<Request<"client/get/list">>,
): Promise<Response<"client/get/list">> {
  const developer = givenNonEmptyText(request.developer);
  const { start, end, page } = readRange(request);
  const { read } = context.store;
  const totalCount = await read.countClients(context.serviceId, { developer });
  const clients = page.limit > 0 ? await read.listClients(context.serviceId, { developer }, page) : [];
  return { start, end, ...(developer === undefined ? {} : { developer }), totalCount, clients };
}
