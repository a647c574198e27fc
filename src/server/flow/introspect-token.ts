import type { IntrospectionRequest, IntrospectionResponse } from "../authlete/messages/introspection.ts";
import { askingEngine } from "./engine-failure.ts";
import { TicketgateError } from "./error.ts";
import type { FlowPorts } from "./ports.ts";

/** An answer of `auth/introspection` that the contract knows. */
export type Introspection = Exclude<IntrospectionResponse, { action: "UNKNOWN_ACTION" }>;

/**
 * `auth/introspection`: what an access token is worth. A token that is not good is an answer and not a failure: see `action`.
 *
 * @throws TicketgateError ENGINE_UNAVAILABLE.
 */
export async function introspectToken(
  ports: FlowPorts,
  request: IntrospectionRequest,
): Promise<Introspection> {
  const answer = await askingEngine(() => ports.authlete["auth/introspection"](request));
  if (answer.action !== "UNKNOWN_ACTION") return answer;
  throw new TicketgateError("ENGINE_UNAVAILABLE", { detail: `auth/introspection: ${answer.receivedAction}` });
}
