import { askingEngine } from "./engine-failure.ts";
import { TicketgateError } from "./error.ts";
import { findClient } from "./find-client.ts";
import type { FlowPorts } from "./ports.ts";

/**
 * A resource server may take the subject of a token for a client's id, so a user must not have the name of a client: neither its number
 * nor its alias (threat T2).
 *
 * @throws TicketgateError BAD_REQUEST naming the field; ENGINE_UNAVAILABLE when the engine cannot tell.
 * @see RFC 9700, section 4.15
 */
export async function refuseClientAsSubject(ports: FlowPorts, subject: string): Promise<void> {
  if (await askingEngine(() => findClient(ports, subject))) {
    throw new TicketgateError("BAD_REQUEST", { fields: { subject: ["is the identifier of a client"] } });
  }
}
