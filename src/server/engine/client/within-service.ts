import type { Client } from "../../authlete/client.ts";
import { refuseCall } from "../call-refusal.ts";
import type { EngineContext } from "../context.ts";
import type { EngineWriter } from "../ports.ts";
import { SEEDED } from "../seed.ts";

/**
 * Nobody else may be found by the alias. Locking the service makes the check and the write that follows one step.
 *
 * @throws CallRefusal A123603 (400).
 */
export async function checkAlias(writer: EngineWriter, serviceId: string, client: Client): Promise<void> {
  if (!client.clientIdAlias) return;
  await writer.lockService(serviceId);
  const other = await writer.findClient(serviceId, client.clientIdAlias);
  if (other && other.clientId !== client.clientId) refuseCall("A123603");
}

/**
 * A configured client stays one, and no other can pass for one: the next start removes those that are configured no more.
 *
 * @param stored the client as it was before.
 * @returns the developer that it has from now on.
 * @throws CallRefusal A126202 (400).
 */
export function configuredDeveloper({ developer }: Client, stored: Client): Pick<Client, "developer"> {
  if (stored.developer === SEEDED) return { developer: SEEDED };
  if (developer === SEEDED) refuseCall("A126202", "developer");
  return developer === undefined ? {} : { developer };
}

/**
 * A developer has only as many clients as the service allows; 0 and no developer know no limit.
 *
 * @throws CallRefusal A123601 (400).
 */
export async function checkClientsOfDeveloper(
  writer: EngineWriter,
  { service, serviceId }: EngineContext,
  { developer }: Client,
): Promise<void> {
  const most = service.clientsPerDeveloper ?? 0;
  if (most <= 0 || !developer) return;
  await writer.lockService(serviceId);
  if ((await writer.countClients(serviceId, { developer })) >= most) refuseCall("A123601");
}
