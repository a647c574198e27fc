import type { AttemptLimit } from "../../account/attempt-limit.ts";
import type { FactorSetupStore, SecondFactorStore } from "../../account/second-factor/ports.ts";
import { TicketgateError } from "../error.ts";
import type { FlowPorts } from "../ports.ts";

/** How long wrong codes of a person are counted, in minutes: after too many nobody's code is looked at until they have passed. */
export const CODE_WINDOW_MINUTES = 15;

/** What second factors take. They know people by subject, so they go along with any directory. */
export type SecondFactors = {
  factors: SecondFactorStore;
  setups: FactorSetupStore;
  /** Who has to have one: whoever enrolled, or everybody. */
  policy: "optional" | "required";
  /** Counts tries of codes, by subject. */
  codeAttempts: AttemptLimit;
};

/** @throws TicketgateError NOT_FOUND where there are none. */
export function requireSecondFactors({ secondFactors }: Pick<FlowPorts, "secondFactors">): SecondFactors {
  if (!secondFactors) throw new TicketgateError("NOT_FOUND");
  return secondFactors;
}

/**
 * Whether a sign-in goes on to a second factor once its password was right.
 *
 * @param demanded whether this sign-in is for somebody who wants more than a password, whatever the person has.
 */
export async function needsSecondFactor(
  { secondFactors }: Pick<FlowPorts, "secondFactors">,
  subject: string,
  demanded = false,
): Promise<boolean> {
  if (!secondFactors) return false;
  // Asked in any case: with or without, it takes the same work.
  const factor = await secondFactors.factors.find(subject);
  return demanded || secondFactors.policy === "required" || factor !== undefined;
}
