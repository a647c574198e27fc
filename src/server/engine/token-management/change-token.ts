import type { EngineWriter } from "../ports.ts";
import type { AccessToken } from "../records.ts";

/**
 * Changes a token as it is at this moment. Changes of the same token take turns; where a refresh comes in between, its tokens are
 * the ones that change.
 *
 * @param change makes the new row of the stored one; whatever it throws undoes the transaction.
 * @returns the token as it is now, or `undefined` when it is gone.
 */
export async function changeToken(
  transaction: EngineWriter,
  { serviceId, id }: Pick<AccessToken, "serviceId" | "id">,
  change: (token: AccessToken) => AccessToken,
): Promise<AccessToken | undefined> {
  for (;;) {
    const stored = await transaction.findToken(serviceId, id);
    if (!stored) return undefined;
    const changed = change(stored);
    if (await transaction.updateToken(stored.accessTokenHash, changed)) return changed;
  }
}
