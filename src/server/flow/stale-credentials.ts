import type { Transaction } from "../session/records.ts";
import type { FlowPorts } from "./ports.ts";

/**
 * Tells whether what a sign-in was verified by has changed since: its password was the old one perhaps, or its person has a second factor
 * meanwhile that it was not asked for. Asked once the session is stored, so that a change either finds that session and ends it, or is seen
 * here (threat T32).
 *
 * @param transaction `createdAt` is when its password began to be verified.
 */
export async function hasStaleCredentials(
  { selfService, secondFactors }: Pick<FlowPorts, "selfService" | "secondFactors">,
  { subject, createdAt, methods }: Pick<Transaction, "subject" | "createdAt" | "methods">,
): Promise<boolean> {
  if (subject === undefined) return false;
  if (!methods.includes("mfa") && (await secondFactors?.factors.find(subject))) return true;
  if (!selfService) return false;
  const account = await selfService.accounts.findBySubject(subject);
  return account === undefined || account.credentialsChangedAt > createdAt;
}
