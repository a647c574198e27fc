import type { Client } from "../../authlete/client.ts";
import { isStorable } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { refuse } from "../refusal.ts";

export type NamedClient = { client: Client; clientId: number };

/** The client that a call names by number or by identifier. It exists and is not locked. */
export async function readNamedClient(
  { store, serviceId }: EngineContext,
  request: { clientId?: unknown; clientIdentifier?: unknown },
): Promise<NamedClient> {
  const identifier = givenNonEmptyText(request.clientIdentifier) ?? numberText(request.clientId);
  if (identifier === undefined) return refuse("A900202");
  const client = isStorable(identifier) ? await store.read.findClient(serviceId, identifier) : undefined;
  if (client?.clientId === undefined || client.locked) return refuse("A900301");
  return { client, clientId: client.clientId };
}

function numberText(value: unknown): string | undefined {
  return typeof value === "number" && value > 0 ? String(value) : undefined;
}
