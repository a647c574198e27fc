import type { Artifact } from "../artifacts.ts";
import { changeArtifact } from "../change-artifact.ts";
import type { EngineContext } from "../context.ts";
import type { DecisionOutcome } from "../device/device-grant.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

/** What clients poll for: the decision of a user who is somewhere else. */
export type PolledKind = "device_code" | "backchannel_ticket";

/** By how many seconds the interval grows for a client that polls too fast, for good (RFC 8628 3.5). */
const SLOWER_SECONDS = 5;

export type PollCodes = Record<"unknown" | "pending" | "tooFast", RefusalCode>;

/**
 * The decision that a client polls for. As long as there is none, the poll is counted: the next one may come after the
 * interval, and one that comes sooner makes the interval longer.
 *
 * @throws Refusal when nothing is decided yet.
 */
export async function polledDecision(
  context: EngineContext,
  found: Artifact<PolledKind>,
  codes: PollCodes,
): Promise<DecisionOutcome> {
  if (found.document.outcome) return found.document.outcome;
  let isTooFast = false;
  const polled = await changeArtifact<PolledKind>(context, found, (stored) => {
    if (!stored || stored.spentAt !== undefined) return refuse(codes.unknown);
    if (stored.document.outcome) return stored;
    isTooFast = context.now < stored.document.nextPollAt;
    return { ...stored, document: { ...stored.document, ...nextPoll(context, stored.document, isTooFast) } };
  });
  return polled.document.outcome ?? refuse(isTooFast ? codes.tooFast : codes.pending);
}

function nextPoll(
  { now }: EngineContext,
  { interval }: Artifact<PolledKind>["document"],
  isTooFast: boolean,
): { interval: number; nextPollAt: number } {
  const next = isTooFast ? interval + SLOWER_SECONDS : interval;
  return { interval: next, nextPollAt: now + next * 1000 };
}
