import type { RevocationRequest, RevocationResponse } from "../authlete/messages/revocation.ts";
import { askingEngine } from "./engine-failure.ts";
import { TicketgateError } from "./error.ts";
import type { FlowPorts } from "./ports.ts";

/** An answer of `auth/revocation` that the contract knows. */
export type Revocation = Exclude<RevocationResponse, { action: "UNKNOWN_ACTION" }>;

/**
 * `auth/revocation`: ends a token and the one coupled to it, for the client whose credentials the request holds.
 *
 * @throws TicketgateError ENGINE_UNAVAILABLE.
 * @see RFC 7009
 */
export async function revokeToken(ports: FlowPorts, request: RevocationRequest): Promise<Revocation> {
  const answer = await askingEngine(() => ports.authlete["auth/revocation"](request));
  if (answer.action !== "UNKNOWN_ACTION") return answer;
  throw new TicketgateError("ENGINE_UNAVAILABLE", { detail: `auth/revocation: ${answer.receivedAction}` });
}
