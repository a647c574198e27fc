import { createPasswords, type Passwords } from "./password.ts";
import type { AccountStore } from "./ports.ts";
import { normaliseUsername } from "./username.ts";

const SUBJECT_BYTES = 16;
const MAXIMUM_NAME_LENGTH = 200;
const REFUSED_IN_NAME = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** An account cannot be added; `reason` says why, in a sentence for the person who tried. */
export class AccountRefusedError extends Error {
  readonly field: "username" | "name" | "password";

  constructor(field: AccountRefusedError["field"], reason: string) {
    super(reason);
    this.name = "AccountRefusedError";
    this.field = field;
  }
}

/**
 * Adds an end-user under a new subject.
 *
 * @param account.name as it is shown; the user name when absent.
 * @returns the subject: `usr_` and 22 characters of base64url.
 * @throws AccountRefusedError naming the field that is wrong, also when the user name is taken.
 */
export async function addAccount(
  ports: { accounts: AccountStore; random: (bytes: number) => Uint8Array; passwords?: Passwords },
  account: { username: string; name?: string; password: string },
): Promise<string> {
  const username = account.username.trim().normalize("NFC");
  const name = (account.name ?? username).trim().normalize("NFC");
  checkUsername(username);
  checkName(name);
  // Before the costly hash; `insert` below is what decides.
  if (await ports.accounts.findByUsername(username)) throw taken(username);
  const passwordHash = await hashed(ports.passwords ?? createPasswords(), account.password);
  const subject = `usr_${Buffer.from(ports.random(SUBJECT_BYTES)).toString("base64url")}`;
  if (!(await ports.accounts.insert({ subject, username, name, passwordHash }))) throw taken(username);
  return subject;
}

function checkUsername(username: string): void {
  if (normaliseUsername(username) !== undefined) return;
  throw new AccountRefusedError("username", "The user name is empty, too long or has invisible characters.");
}

function checkName(name: string): void {
  if (name !== "" && name.length <= MAXIMUM_NAME_LENGTH && !REFUSED_IN_NAME.test(name)) return;
  throw new AccountRefusedError("name", "The name is empty, too long or has invisible characters.");
}

async function hashed(passwords: Passwords, password: string): Promise<string> {
  try {
    return await passwords.hash(password);
  } catch (error) {
    if (error instanceof RangeError) throw new AccountRefusedError("password", error.message);
    throw error;
  }
}

function taken(username: string): AccountRefusedError {
  return new AccountRefusedError("username", `The user name ${username} is taken.`);
}
