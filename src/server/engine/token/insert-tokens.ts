import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import type { EngineWriter } from "../ports.ts";
import type { AccessToken } from "../records.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

/**
 * Stores the tokens of a subject. Where a client may hold only one access token of a subject, the earlier ones end.
 *
 * @param codeIfTaken the refusal when the value of a token exists already.
 */
export async function insertTokens(
  transaction: EngineWriter,
  { context, client, row }: { context: EngineContext; client: Client; row: AccessToken },
  codeIfTaken: RefusalCode,
): Promise<void> {
  const isSingle = context.service.singleAccessTokenPerSubject || client.singleAccessTokenPerSubject;
  if (isSingle && row.subject !== undefined) {
    await transaction.deleteTokensOf(context.serviceId, row.clientId, row.subject);
  }
  if (!(await transaction.insertToken(row))) refuse(codeIfTaken);
}
