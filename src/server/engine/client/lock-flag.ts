import type { Request, Response } from "../../authlete/operations.ts";
import { refuseCall } from "../call-refusal.ts";
import type { EngineContext } from "../context.ts";
import { result } from "../refusal.ts";
import { findStoredClient } from "./find-client.ts";
import { changeClient } from "./update.ts";

/**
 * `client/lock_flag/update`: locks a client, or unlocks it. A locked client is refused everywhere, so the call is refused (400)
 * when it does not say which of the two it wants.
 */
export async function updateLockFlag(
  context: EngineContext,
  request: Partial<Request<"client/lock_flag/update">>,
): Promise<Response<"client/lock_flag/update">> {
  const { clientId } = await findStoredClient(context, request.clientIdentifier);
  const locked = request.clientLocked;
  if (typeof locked !== "boolean") return refuseCall("A126202", "clientLocked");
  await changeClient(context, clientId, (client) => ({ ...client, locked }));
  return result("A293001", locked ? "The client is locked." : "The client is not locked.");
}
