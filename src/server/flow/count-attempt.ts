import type { Attempt } from "../account/attempt-limit.ts";
import type { FlowPorts } from "./ports.ts";

/**
 * Counts a try of a password, wherever it is made. One too many stands in the audit trail.
 *
 * @param about what else the audit trail should say.
 * @returns 0 when it may go on; else how many seconds to wait, and no password may be looked at.
 */
export async function countAttempt(
  { attempts, log }: Pick<FlowPorts, "attempts" | "log">,
  attempt: Attempt,
  about: { clientId?: string } = {},
): Promise<number> {
  const seconds = await attempts.consume(attempt);
  if (seconds > 0) log.warn("audit.tries_exceeded", { ...attempt, ...about });
  return seconds;
}
