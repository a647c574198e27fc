import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { readRange } from "../range.ts";

/** `service/get/list`: the services that the access token opens. This engine has one. */
export async function listServices(
  { service }: EngineContext,
  request: Partial<Request<"service/get/list">>,
): Promise<Response<"service/get/list">> {
  const { start, end, page } = readRange(request);
  const services = [service].slice(page.offset, page.offset + page.limit);
  return { start, end, totalCount: 1, ...(page.limit > 0 && { services }) };
}
