import type { Client } from "../authlete/client.ts";
import { EngineRefusedCall } from "../authlete/error.ts";
import type { FlowPorts } from "./ports.ts";

/** Path segments with a meaning of their own: they would name another operation of the engine. */
const NOT_IDENTIFIERS: ReadonlySet<string> = new Set([".", ".."]);

/**
 * The client of an identifier: its number, or its alias where service and client let it be called by one.
 *
 * @returns `undefined` when there is none, and when the engine does not look for such a name. An answer that names no client is one of
 *   another operation, `client/get/list` for example.
 * @throws EngineError when the engine cannot be asked.
 */
export async function findClient(
  { authlete }: Pick<FlowPorts, "authlete">,
  identifier: string,
): Promise<Client | undefined> {
  if (NOT_IDENTIFIERS.has(identifier)) return undefined;
  try {
    const client = await authlete["client/get"]({ clientId: identifier });
    return client.clientId === undefined ? undefined : client;
  } catch (error) {
    if (error instanceof EngineRefusedCall) return undefined;
    throw error;
  }
}
