import type { EngineStore, EngineWriter } from "./ports.ts";
import { SEEDED, type SeededClient } from "./seed.ts";

/** More than any configuration brings. */
const MOST_SEEDED_CLIENTS = 100;

/**
 * Makes the stored clients those that are configured, in one step. Clients that were configured once and are no more are removed, with
 * their tokens: whoever took one away meant it. A client that is locked stays locked: a start is no reason to trust it again.
 *
 * @param configured their `developer` is `SEEDED`.
 */
export async function seedClients(
  { store, serviceId }: { store: EngineStore; serviceId: string },
  configured: readonly SeededClient[],
): Promise<void> {
  await store.write(async (writer) => {
    await writer.lockService(serviceId);
    for (const client of configured) await seedClient(writer, serviceId, client);
    await removeOthers(writer, serviceId, configured);
  });
}

async function seedClient(writer: EngineWriter, serviceId: string, client: SeededClient): Promise<void> {
  const found = await writer.findClient(serviceId, String(client.clientId));
  // What is found by an alias is another client.
  const stored = found?.clientId === client.clientId ? found : undefined;
  if (stored) {
    await writer.replaceClient(serviceId, { ...client, ...(stored.locked && { locked: true }) });
  } else if (!(await writer.insertClient(serviceId, client))) {
    throw new Error(`no client can be stored as ${client.clientId}`);
  }
}

async function removeOthers(
  writer: EngineWriter,
  serviceId: string,
  configured: readonly SeededClient[],
): Promise<void> {
  const ids = new Set(configured.map(({ clientId }) => clientId));
  const page = { offset: 0, limit: MOST_SEEDED_CLIENTS };
  for (const { clientId } of await writer.listClients(serviceId, { developer: SEEDED }, page)) {
    if (clientId !== undefined && !ids.has(clientId)) await writer.deleteClient(serviceId, clientId);
  }
}
