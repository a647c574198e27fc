import { PasswordQueueFullError, type Passwords } from "../../account/password.ts";
import { TicketgateError } from "../error.ts";

/** @throws TicketgateError TOO_MANY_REQUESTS when too many passwords wait to be hashed. */
export function hashedPassword(passwords: Passwords, password: string): Promise<string> {
  return inTurn(() => passwords.hash(password));
}

/** @throws TicketgateError TOO_MANY_REQUESTS when too many passwords wait to be hashed. */
export function verifiedPassword(
  passwords: Passwords,
  passwordHash: string | undefined,
  password: string,
): Promise<boolean> {
  return inTurn(() => passwords.verify(passwordHash, password));
}

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PasswordQueueFullError)
      throw new TicketgateError("TOO_MANY_REQUESTS", { cause: error });
    throw error;
  }
}
