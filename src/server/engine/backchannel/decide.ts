import type { Client } from "../../authlete/client.ts";
import { changeArtifact } from "../change-artifact.ts";
import type { EngineContext } from "../context.ts";
import type { DecisionOutcome } from "../device/device-grant.ts";
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
  await changeArtifact(context, stored, (current) => {
    const decidable = checkDecidable(context, current);
    return { ...decidable, document: { ...decidable.document, outcome } };
  });
}

/** Ends a ticket whose decision is pushed, together with storing the tokens of it, if there are any. */
export async function spendForPush(
  context: EngineContext,
  { stored: { kind, keyHash } }: BackchannelTicket,
  tokens?: { client: Client; row: AccessToken },
): Promise<void> {
  await context.store.write(async (transaction) => {
    checkDecidable(context, await transaction.findArtifact("backchannel_ticket", keyHash));
    if (!(await transaction.consumeArtifact(kind, keyHash, context.now))) refuse("A196203");
    if (tokens) await insertTokens(transaction, { context, ...tokens }, "A197102");
  });
}
