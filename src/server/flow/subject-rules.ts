import { EngineRefusedCall } from "../authlete/error.ts";
import { askingEngine } from "./engine-failure.ts";
import { TicketgateError } from "./error.ts";
import type { FlowPorts } from "./ports.ts";

/**
 * A resource server may take the subject of a token for a client's id, so a user must not have the name of a client (threat T2). Client
 * ids are numbers; any other subject needs no look-up.
 *
 * @throws TicketgateError BAD_REQUEST naming the field.
 * @see RFC 9700, section 4.15
 */
export async function refuseClientAsSubject(ports: FlowPorts, subject: string): Promise<void> {
  if (!/^\d{1,19}$/.test(subject)) return;
  if (await isClient(ports, subject)) {
    throw new TicketgateError("BAD_REQUEST", { fields: { subject: ["is the identifier of a client"] } });
  }
}

async function isClient({ authlete }: FlowPorts, clientId: string): Promise<boolean> {
  return askingEngine(async () => {
    try {
      await authlete["client/get"]({ clientId });
      return true;
    } catch (error) {
      if (error instanceof EngineRefusedCall && error.status === 404) return false;
      throw error;
    }
  });
}
