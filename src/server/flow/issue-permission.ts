import { findClient } from "./find-client.ts";
import type { FlowPorts } from "./ports.ts";

/** The scope that an access token of a back end must have. */
export const ISSUE_SCOPE = "token:issue";

/** A client that loses the permission keeps it for as long as this. */
const REMEMBERED_MS = 60_000;

/** Clients that were found to have it, with the time until which that is believed, by engine. */
const permitted = new WeakMap<FlowPorts["authlete"], Map<string, number>>();

/**
 * Whether the operator has made a client a back end: the scope `token:issue` is written down among the scopes that it may ask for. A client
 * without such a list may ask the engine for every scope of the service, but nobody has decided that it may issue tokens for everybody.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function mayIssueTokens(
  ports: Pick<FlowPorts, "authlete" | "clock">,
  clientId: string,
): Promise<boolean> {
  const known = permitted.get(ports.authlete) ?? new Map<string, number>();
  permitted.set(ports.authlete, known);
  const now = ports.clock();
  if ((known.get(clientId) ?? 0) > now) return true;
  known.delete(clientId);
  const client = await findClient(ports, clientId);
  const { requestableScopesEnabled, requestableScopes } = client?.extension ?? {};
  if (!requestableScopesEnabled || !requestableScopes?.includes(ISSUE_SCOPE)) return false;
  known.set(clientId, now + REMEMBERED_MS);
  return true;
}
