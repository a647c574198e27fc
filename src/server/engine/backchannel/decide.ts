import type { Client } from "../../authlete/client.ts";
import { changeArtifact } from "../change-artifact.ts";
import type { EngineContext } from "../context.ts";
import type { DecisionOutcome } from "../device/device-grant.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import { keepAuthorization } from "../grant/keep-authorization.ts";
import type { AccessToken } from "../records.ts";
import { refuse } from "../refusal.ts";
import { insertTokens } from "../token/insert-tokens.ts";
import { type BackchannelTicket, checkDecidable } from "./ticket.ts";

/** Keeps a decision until the client asks for it. Of any number of decisions about one ticket exactly one counts. */
export async function keepDecision(
  context: EngineContext,
  { stored }: BackchannelTicket,
  outcome: DecisionOutcome,
): Promise<void> {
  await changeArtifact(context, stored, async (current, transaction) => {
    const decidable = checkDecidable(context, current);
    if (outcome.result === "AUTHORIZED") {
      const wanted = decidable.document.grantManagement;
      await keepAuthorization(context, transaction, { grant: outcome.grant, wanted });
    }
    return { ...decidable, document: { ...decidable.document, outcome } };
  });
}

/** Tokens that are pushed, for whom, and the grant that they came of. */
type Pushed = { client: Client; grant: AuthorizedGrant; row: AccessToken };

/** Ends a ticket whose decision is pushed, together with storing the tokens of it, if there are any. */
export async function spendForPush(
  context: EngineContext,
  { stored: { kind, keyHash } }: BackchannelTicket,
  pushed?: Pushed,
): Promise<void> {
  await context.store.write(async (transaction) => {
    const current = await transaction.findArtifact("backchannel_ticket", keyHash);
    const { document } = checkDecidable(context, current);
    if (!(await transaction.consumeArtifact(kind, keyHash, context.now))) refuse("A196203");
    if (!pushed) return;
    const { client, grant, row } = pushed;
    await keepAuthorization(context, transaction, { grant, wanted: document.grantManagement });
    await insertTokens(transaction, { context, client, row }, "A197102");
  });
}
