import { PasswordQueueFullError } from "../../account/password.ts";
import { countAttempt } from "../count-attempt.ts";
import { TicketgateError } from "../error.ts";
import type { FlowPorts } from "../ports.ts";

/**
 * Whether somebody who is signed in knows the password of their account: whoever finds an open session does not. Of any directory.
 *
 * @throws TicketgateError UNAUTHORIZED when there is no such account; TOO_MANY_REQUESTS.
 */
export async function knowsOwnPassword(
  ports: FlowPorts,
  { subject, password, address }: { subject: string; password: string; address?: string | undefined },
): Promise<boolean> {
  const account = await ports.accounts.find(subject);
  if (!account) throw new TicketgateError("UNAUTHORIZED");
  const { username } = account;
  if ((await countAttempt(ports, { username, address })) > 0) throw new TicketgateError("TOO_MANY_REQUESTS");
  const verified = await verify(ports, username, password);
  if (verified === subject) return true;
  ports.log.warn("audit.reauthentication_refused", { subject, address });
  return false;
}

async function verify(
  { accounts }: FlowPorts,
  username: string,
  password: string,
): Promise<string | undefined> {
  try {
    return await accounts.verifyPassword(username, password);
  } catch (error) {
    if (error instanceof PasswordQueueFullError)
      throw new TicketgateError("TOO_MANY_REQUESTS", { cause: error });
    throw error;
  }
}
