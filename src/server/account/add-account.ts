import { type ProfileClaims, profileClaimsSchema } from "./claims.ts";
import { readEmail } from "./email.ts";
import { createPasswords, MAXIMUM_PASSWORD_BYTES, type Passwords } from "./password.ts";
import { MINIMUM_PASSWORD_LENGTH, type PasswordFault, passwordFault } from "./password-rules.ts";
import type { Account, AccountStore } from "./ports.ts";
import { normaliseUsername } from "./username.ts";

const SUBJECT_BYTES = 16;
const MAXIMUM_NAME_LENGTH = 200;
const REFUSED_IN_NAME = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** Which field of an account is wrong, and why. */
export type AccountFault =
  | { field: "username"; fault: "invalid" | "taken" | "address" }
  | { field: "name"; fault: "invalid" }
  | { field: "email"; fault: "invalid" | "taken" }
  | { field: "claims"; fault: "invalid" }
  | { field: "password"; fault: PasswordFault };

/** An account cannot be added; the message says why, in a sentence for the person who tried. */
export class AccountRefusedError extends Error {
  readonly field: AccountFault["field"];
  readonly fault: AccountFault["fault"];

  constructor({ field, fault }: AccountFault, reason: string) {
    super(reason);
    this.name = "AccountRefusedError";
    this.field = field;
    this.fault = fault;
  }
}

/** What adding an account takes. */
export type AddAccountPorts = {
  accounts: AccountStore;
  /** Milliseconds since the epoch. */
  clock: () => number;
  random: (bytes: number) => Uint8Array;
  passwords?: Passwords;
  /** What a password must not be made of beside the words of the account: the name of the service. */
  passwordContext?: readonly string[];
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

/** An account that keeps the rules, without its password. */
export type CheckedAccount = Pick<Account, "username" | "name" | "email" | "claims">;

/**
 * Adds an end-user under a new subject.
 *
 * @returns the subject: `usr_` and 22 characters of base64url.
 * @throws AccountRefusedError naming the field that is wrong, also when the user name or the e-mail address is taken.
 */
export async function addAccount(ports: AddAccountPorts, account: NewAccount): Promise<string> {
  const checked = await checkAccount(account, ports.passwordContext ?? []);
  // Before the costly hash; the insert is what decides.
  await refuseTaken(ports.accounts, checked);
  const passwordHash = await (ports.passwords ?? createPasswords()).hash(account.password);
  const emailVerified = checked.email !== undefined && account.emailVerified === true;
  return insertAccount(ports, { ...checked, passwordHash, emailVerified });
}

/**
 * Checks what an account is to be, in every field.
 *
 * @throws AccountRefusedError naming the first field that is wrong.
 */
export async function checkAccount(
  account: Omit<NewAccount, "emailVerified">,
  passwordContext: readonly string[],
): Promise<CheckedAccount> {
  const username = account.username.trim().normalize("NFC");
  const name = (account.name ?? username).trim().normalize("NFC");
  checkUsername(username);
  checkName(name);
  const email = account.email === undefined ? undefined : checkedEmail(account.email);
  const claims = checkedClaims(account.claims ?? {});
  await checkPassword(account.password, [username, name, email, ...passwordContext]);
  return { username, name, email, claims };
}

/**
 * Stores an account that was checked, under a new subject.
 *
 * @returns the subject.
 * @throws AccountRefusedError when the user name or the e-mail address is taken.
 */
export async function insertAccount(
  { accounts, clock, random }: Pick<AddAccountPorts, "accounts" | "clock" | "random">,
  account: CheckedAccount & Pick<Account, "passwordHash" | "emailVerified">,
): Promise<string> {
  const subject = `usr_${Buffer.from(random(SUBJECT_BYTES)).toString("base64url")}`;
  const row = { ...account, subject, updatedAt: clock(), credentialsChangedAt: 0 };
  if (await accounts.insert(row)) return subject;
  await refuseTaken(accounts, account);
  throw new Error("The account was not stored, and nothing of it is taken.");
}

/** @throws AccountRefusedError naming the rule that a new password breaks. */
export async function checkPassword(
  password: string,
  context: readonly (string | undefined)[],
): Promise<void> {
  const fault = await passwordFault(password, context);
  if (fault !== undefined)
    throw new AccountRefusedError({ field: "password", fault }, passwordReasons[fault]);
}

const passwordReasons: Record<PasswordFault, string> = {
  too_short: `The password has fewer than ${MINIMUM_PASSWORD_LENGTH} characters. A few words make a good one.`,
  too_long: `The password has more than ${MAXIMUM_PASSWORD_BYTES} bytes.`,
  common: "The password is one of those that are guessed first.",
  guessable: "The password is made of the user name, the name or the address.",
  monotonous: "The password is the same few characters again and again.",
};

async function refuseTaken(
  accounts: AccountStore,
  { username, email }: Pick<CheckedAccount, "username" | "email">,
): Promise<void> {
  if (await accounts.findByUsername(username)) {
    throw new AccountRefusedError(
      { field: "username", fault: "taken" },
      `The user name ${username} is taken.`,
    );
  }
  if (email !== undefined && (await accounts.findByEmail(email))) {
    throw new AccountRefusedError(
      { field: "email", fault: "taken" },
      `The e-mail address ${email} belongs to an account.`,
    );
  }
}

function checkUsername(username: string): void {
  if (normaliseUsername(username) !== undefined) return;
  throw new AccountRefusedError(
    { field: "username", fault: "invalid" },
    "The user name is empty, too long or has invisible characters.",
  );
}

function checkName(name: string): void {
  if (name !== "" && name.length <= MAXIMUM_NAME_LENGTH && !REFUSED_IN_NAME.test(name)) return;
  throw new AccountRefusedError(
    { field: "name", fault: "invalid" },
    "The name is empty, too long or has invisible characters.",
  );
}

function checkedEmail(text: string): string {
  const email = readEmail(text);
  if (email !== undefined) return email;
  throw new AccountRefusedError(
    { field: "email", fault: "invalid" },
    "The e-mail address is not one that mail can be sent to.",
  );
}

function checkedClaims(claims: ProfileClaims): ProfileClaims {
  const parsed = profileClaimsSchema.safeParse(claims);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AccountRefusedError(
    { field: "claims", fault: "invalid" },
    `The claim ${issue?.path.join(".")} ${issue?.message}.`,
  );
}
