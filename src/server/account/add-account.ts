import { type ProfileClaims, profileClaimsSchema } from "./claims.ts";
import { readEmail } from "./email.ts";
import { createPasswords, type Passwords } from "./password.ts";
import type { AccountStore } from "./ports.ts";
import { normaliseUsername } from "./username.ts";

const SUBJECT_BYTES = 16;
const MAXIMUM_NAME_LENGTH = 200;
const REFUSED_IN_NAME = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** An account cannot be added; `reason` says why, in a sentence for the person who tried. */
export class AccountRefusedError extends Error {
  readonly field: "username" | "name" | "password" | "email" | "claims";

  constructor(field: AccountRefusedError["field"], reason: string) {
    super(reason);
    this.name = "AccountRefusedError";
    this.field = field;
  }
}

/** What adding an account takes. */
export type AddAccountPorts = {
  accounts: AccountStore;
  /** Milliseconds since the epoch. */
  clock: () => number;
  random: (bytes: number) => Uint8Array;
  passwords?: Passwords;
};

/** Who is to have an account. */
export type NewAccount = {
  username: string;
  /** As it is shown; the user name when absent. */
  name?: string | undefined;
  password: string;
  email?: string | undefined;
  /** Whoever adds the account knows that the end-user receives mail there. */
  emailVerified?: boolean | undefined;
  claims?: ProfileClaims | undefined;
};

/**
 * Adds an end-user under a new subject.
 *
 * @returns the subject: `usr_` and 22 characters of base64url.
 * @throws AccountRefusedError naming the field that is wrong, also when the user name or the e-mail address is taken.
 */
export async function addAccount(ports: AddAccountPorts, account: NewAccount): Promise<string> {
  const { accounts } = ports;
  const username = account.username.trim().normalize("NFC");
  const name = (account.name ?? username).trim().normalize("NFC");
  checkUsername(username);
  checkName(name);
  const email = account.email === undefined ? undefined : checkedEmail(account.email);
  const claims = checkedClaims(account.claims ?? {});
  // Before the costly hash; `insert` below is what decides.
  await refuseTaken(accounts, { username, email });
  const passwordHash = await hashed(ports.passwords ?? createPasswords(), account.password);
  const subject = `usr_${Buffer.from(ports.random(SUBJECT_BYTES)).toString("base64url")}`;
  const emailVerified = email !== undefined && account.emailVerified === true;
  const times = { updatedAt: ports.clock(), credentialsChangedAt: 0 };
  const row = { subject, username, name, passwordHash, email, emailVerified, claims, ...times };
  if (await accounts.insert(row)) return subject;
  await refuseTaken(accounts, { username, email });
  throw new Error("The account was not stored, and nothing of it is taken.");
}

async function refuseTaken(
  accounts: AccountStore,
  { username, email }: { username: string; email: string | undefined },
): Promise<void> {
  if (await accounts.findByUsername(username)) {
    throw new AccountRefusedError("username", `The user name ${username} is taken.`);
  }
  if (email !== undefined && (await accounts.findByEmail(email))) {
    throw new AccountRefusedError("email", `The e-mail address ${email} belongs to an account.`);
  }
}

function checkUsername(username: string): void {
  if (normaliseUsername(username) !== undefined) return;
  throw new AccountRefusedError("username", "The user name is empty, too long or has invisible characters.");
}

function checkName(name: string): void {
  if (name !== "" && name.length <= MAXIMUM_NAME_LENGTH && !REFUSED_IN_NAME.test(name)) return;
  throw new AccountRefusedError("name", "The name is empty, too long or has invisible characters.");
}

function checkedEmail(text: string): string {
  const email = readEmail(text);
  if (email !== undefined) return email;
  throw new AccountRefusedError("email", "The e-mail address is not one that mail can be sent to.");
}

function checkedClaims(claims: ProfileClaims): ProfileClaims {
  const parsed = profileClaimsSchema.safeParse(claims);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AccountRefusedError("claims", `The claim ${issue?.path.join(".")} ${issue?.message}.`);
}

async function hashed(passwords: Passwords, password: string): Promise<string> {
  try {
    return await passwords.hash(password);
  } catch (error) {
    if (error instanceof RangeError) throw new AccountRefusedError("password", error.message);
    throw error;
  }
}
