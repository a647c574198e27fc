import type { Request } from "../../authlete/operations.ts";
import { refuseCall } from "../call-refusal.ts";
import type { EngineContext } from "../context.ts";
import { findStoredClient } from "./find-client.ts";

/** `client/delete`: removes a client with its tokens and everything else that is its own. */
export async function deleteClient(
  context: EngineContext,
  request: Partial<Request<"client/delete">>,
): Promise<Record<string, never>> {
  const { clientId } = await findStoredClient(context, request.clientId);
  const isDeleted = await context.store.write((writer) => writer.deleteClient(context.serviceId, clientId));
  return isDeleted ? {} : refuseCall("A001212");
}
