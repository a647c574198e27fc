import type { Client } from "../../authlete/client.ts";
import type { Request } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { findStoredClient } from "./find-client.ts";

/** `client/get`: a registered client, its secret included. The call is refused (404) when there is none. */
export async function getClient(
  context: EngineContext,
  request: Partial<Request<"client/get">>,
): Promise<Client> {
  return findStoredClient(context, request.clientId);
}
