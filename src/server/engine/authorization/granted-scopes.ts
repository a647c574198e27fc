import type { EngineContext } from "../context.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import type { EngineWriter } from "../ports.ts";

/** Remembers what a user has granted to a client: the last time, and ever. */
export async function rememberGrantedScopes(
  { serviceId, now }: EngineContext,
  transaction: EngineWriter,
  { clientId, subject, scopes }: Pick<AuthorizedGrant, "clientId" | "subject" | "scopes">,
): Promise<void> {
  const known = await transaction.findGrantedScopes(serviceId, clientId, subject);
  await transaction.upsertGrantedScopes({
    serviceId,
    clientId,
    subject,
    latest: scopes,
    merged: [...new Set([...(known?.merged ?? []), ...scopes])],
    modifiedAt: now,
  });
}
