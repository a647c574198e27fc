import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import type { RefusalCode } from "../refusal.ts";
import { respondError } from "./response/respond.ts";
import { type StoredTicket, spendTicket } from "./ticket.ts";

/** The error that ends a request, the text in place of the usual one, and the refusal when another call ended it first. */
type Ending = { code: RefusalCode; description?: string | undefined; codeIfSpent: RefusalCode };

/** Ends an authorization request with an error for its client: its ticket and its pushed request are spent. */
export async function endWithError(
  context: EngineContext,
  { ticket, client }: { ticket: StoredTicket; client: Client },
  { code, description, codeIfSpent }: Ending,
) {
  const { request } = ticket.document;
  const answer = await respondError(context, { ...request, client }, code, description);
  await context.store.write((transaction) =>
    spendTicket(context, transaction, { ticket, code: codeIfSpent }),
  );
  return answer;
}
