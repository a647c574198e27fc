import type { Transaction } from "../session/records.ts";
import type { FlowPorts } from "./ports.ts";

/**
 * Tells whether the password of a sign-in was changed after it began to be verified: it was the old one perhaps. Asked once the session is
 * stored, so that a change either finds that session and ends it, or is seen here (threat T32).
 *
 * @param transaction `createdAt` is when its password began to be verified.
 */
export async function hasStaleCredentials(
  { selfService }: Pick<FlowPorts, "selfService">,
  { subject, createdAt }: Pick<Transaction, "subject" | "createdAt">,
): Promise<boolean> {
  if (!selfService || subject === undefined) return false;
  const account = await selfService.accounts.findBySubject(subject);
  return account === undefined || account.credentialsChangedAt > createdAt;
}
