import type { InteractionPorts } from "../session/interaction.ts";
import type { SessionPorts } from "../session/session.ts";
import type { TransactionPorts } from "../session/transaction.ts";
import type { FlowPorts } from "./ports.ts";

/** The part of the ports that transactions take. */
export function transactionPorts(ports: FlowPorts): TransactionPorts {
  return { ...ports, lifetimeMs: ports.settings.session.transactionMs };
}

/** The part of the ports that sessions take. */
export function sessionPorts(ports: FlowPorts): SessionPorts {
  return { ...ports, ...ports.settings.session };
}

/** The part of the ports that interactions take. */
export function interactionPorts(ports: FlowPorts): InteractionPorts {
  return { ...ports, interactionMs: ports.settings.interactionMs };
}
