import type { Transaction } from "../session/records.ts";
import type { FlowPorts } from "./ports.ts";

/**
 * Tells whether what a sign-in was verified by has changed since: its password was the old one perhaps, its person has a second factor
 * meanwhile that it was not asked for, or has none any more that it was verified by. Asked once the session is stored, so that a change either finds that session and ends it, or is seen
 * here (threat T32).
 *
 * @param transaction `createdAt` is when its password began to be verified.
 */
export async function hasStaleCredentials(
  { selfService, secondFactors }: Pick<FlowPorts, "selfService" | "secondFactors">,
  { subject, createdAt, methods }: Pick<Transaction, "subject" | "createdAt" | "methods">,
): Promise<boolean> {
  if (subject === undefined) return false;
  const factor = await secondFactors?.factors.find(subject);
  if (methods.includes("mfa") !== (factor !== undefined)) return true;
  if (!selfService) return false;
  const account = await selfService.accounts.findBySubject(subject);
  return account === undefined || account.credentialsChangedAt > createdAt;
}
