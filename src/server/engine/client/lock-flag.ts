import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { result } from "../refusal.ts";
import { findStoredClient } from "./find-client.ts";
import { changeClient } from "./update.ts";

/** `client/lock_flag/update`: locks a client, or unlocks it. A locked client is refused everywhere. */
export async function updateLockFlag(
  context: EngineContext,
  request: Partial<Request<"client/lock_flag/update">>,
): Promise<Response<"client/lock_flag/update">> {
  const { clientId } = await findStoredClient(context, request.clientIdentifier);
  const locked = request.clientLocked === true;
  await changeClient(context, clientId, (client) => ({ ...client, locked }));
  return result("A900001", locked ? "The client is locked." : "The client is not locked.");
}
