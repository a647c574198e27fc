import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import type { AccessToken } from "../records.ts";
import { refuse } from "../refusal.ts";

/** Stores a created token. Where a client may hold only one access token of a subject, the earlier ones end, but only if this one is stored. */
export async function storeCreatedToken(
  { store, serviceId, service }: EngineContext,
  row: AccessToken,
  client: Client,
): Promise<void> {
  const isSingle = service.singleAccessTokenPerSubject || client.singleAccessTokenPerSubject;
  await store.write(async (writer) => {
    if (isSingle && row.subject !== undefined) {
      await writer.deleteTokensOf(serviceId, row.clientId, row.subject);
    }
    if (await writer.insertToken(row)) return;
    const isTaken = await writer.findByAccessToken(serviceId, row.accessTokenHash);
    refuse(isTaken ? "A144201" : "A144202");
  });
}
