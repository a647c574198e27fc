import { type ProfileClaims, profileClaimsSchema } from "./claims.ts";
import { readEmail } from "./email.ts";
import { createPasswords, MAXIMUM_PASSWORD_BYTES, type Passwords } from "./password.ts";
import { MINIMUM_PASSWORD_LENGTH, type PasswordFault, passwordFault } from "./password-rules.ts";
import type { Account, AccountStore } from "./ports.ts";
import { keepsToOneScript } from "./scripts.ts";
import { normaliseUsername } from "./username.ts";

const SUBJECT_BYTES = 16;
/** As many as the sign-in takes. */
const MAXIMUM_USERNAME_LENGTH = 100;
const MAXIMUM_NAME_LENGTH = 200;
const REFUSED_IN_NAME = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

type UsernameFault = { field: "username"; fault: "invalid" | "taken" | "mixed_scripts"; about?: string };

/** Which field of an account is wrong, and why. `about` is what was given, where whoever gave it may see it. */
export type AccountFault =
  | UsernameFault
  | { field: "name"; fault: "invalid" }
  | { field: "email"; fault: "invalid" | "taken"; about?: string }
  | { field: "claims"; fault: "invalid"; about: string }
  | { field: "password"; fault: PasswordFault };

/** An account cannot be added; the message says why, in a sentence for the person who tried. */
export class AccountRefusedError extends Error {
  readonly field: AccountFault["field"];
  readonly fault: AccountFault["fault"];

  constructor(refused: AccountFault) {
    super(reasonOf(refused));
    this.name = "AccountRefusedError";
    this.field = refused.field;
    this.fault = refused.fault;
  }
}

const passwordReasons: Record<PasswordFault, string> = {
  too_short: `The password has fewer than ${MINIMUM_PASSWORD_LENGTH} characters. A few words make a good one.`,
  too_long: `The password has more than ${MAXIMUM_PASSWORD_BYTES} bytes.`,
  common: "The password is one of those that are guessed first.",
  guessable: "The password is made of the user name, the name or the address.",
  monotonous: "The password is the same few characters again and again.",
};

const usernameReasons: Record<UsernameFault["fault"], (about: string | undefined) => string> = {
  invalid: () => "The user name is empty, too long or has invisible characters.",
  taken: (about) => `The user name ${about} is taken.`,
  mixed_scripts: () => "The user name mixes letters of several scripts, which can look like another name.",
};

function reasonOf(refused: AccountFault): string {
  switch (refused.field) {
    case "username":
      return usernameReasons[refused.fault](refused.about);
    case "name":
      return "The name is empty, too long or has invisible characters.";
    case "email":
      return refused.fault === "taken"
        ? `The e-mail address ${refused.about} belongs to an account.`
        : "The e-mail address is not one that mail can be sent to.";
    case "claims":
      return `The claim ${refused.about}.`;
    case "password":
      return passwordReasons[refused.fault];
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
 * @returns the subject.
 * @throws AccountRefusedError naming the first field that is wrong, also when the user name or the e-mail address is taken.
 */
export async function addAccount(ports: AddAccountPorts, account: NewAccount): Promise<string> {
  const checked = await checkAccount(account, ports.passwordContext ?? []);
  if (checked.account === undefined) throw new AccountRefusedError(checked.faults[0]);
  // Before the costly hash; the insert is what decides.
  const taken = await takenField(ports.accounts, checked.account);
  if (taken) throw new AccountRefusedError(taken);
  const passwordHash = await (ports.passwords ?? createPasswords()).hash(account.password);
  const emailVerified = checked.account.email !== undefined && account.emailVerified === true;
  const subject = newSubject(ports.random);
  await insertAccount(ports, { ...checked.account, subject, passwordHash, emailVerified });
  return subject;
}

/** A subject that nobody has had: `usr_` and 22 characters of base64url. */
export function newSubject(random: AddAccountPorts["random"]): string {
  return `usr_${Buffer.from(random(SUBJECT_BYTES)).toString("base64url")}`;
}

/** Checks what an account is to be, in every field; says what is wrong with each. */
export async function checkAccount(
  account: Omit<NewAccount, "emailVerified">,
  passwordContext: readonly string[],
): Promise<{ account: CheckedAccount } | { account: undefined; faults: [AccountFault, ...AccountFault[]] }> {
  const username = account.username.trim().normalize("NFC");
  const name = (account.name ?? username).trim().normalize("NFC");
  const email = account.email === undefined ? undefined : readEmail(account.email);
  const claims = profileClaimsSchema.safeParse(account.claims ?? {});
  const context = [username, name, email, ...passwordContext];
  const weakness = await passwordFault(account.password, context);
  const faults: (AccountFault | false | undefined)[] = [
    usernameFault(username),
    !isName(name) && { field: "name", fault: "invalid" },
    account.email !== undefined && email === undefined && { field: "email", fault: "invalid" },
    !claims.success && { field: "claims", fault: "invalid", about: aboutClaims(claims.error) },
    weakness && { field: "password", fault: weakness },
  ];
  const [first, ...others] = faults.filter((fault) => typeof fault === "object");
  if (first) return { account: undefined, faults: [first, ...others] };
  return { account: { username, name, email, claims: claims.data ?? {} } };
}

/**
 * Stores an account that was checked.
 *
 * @throws AccountRefusedError when the user name or the e-mail address is taken.
 */
export async function insertAccount(
  { accounts, clock }: Pick<AddAccountPorts, "accounts" | "clock">,
  account: CheckedAccount & Pick<Account, "subject" | "passwordHash" | "emailVerified">,
): Promise<void> {
  if (await accounts.insert({ ...account, updatedAt: clock(), credentialsChangedAt: 0 })) return;
  const taken = await takenField(accounts, account);
  if (taken) throw new AccountRefusedError(taken);
  throw new Error("The account was not stored, and nothing of it is taken.");
}

/** Which field of an account belongs to somebody already. */
async function takenField(
  accounts: AccountStore,
  { username, email }: Pick<CheckedAccount, "username" | "email">,
): Promise<AccountFault | undefined> {
  if (await accounts.findByUsername(username)) return { field: "username", fault: "taken", about: username };
  if (email !== undefined && (await accounts.findByEmail(email)))
    return { field: "email", fault: "taken", about: email };
  return undefined;
}

function usernameFault(username: string): UsernameFault | undefined {
  const isName = normaliseUsername(username) !== undefined && username.length <= MAXIMUM_USERNAME_LENGTH;
  if (!isName) return { field: "username", fault: "invalid" };
  return keepsToOneScript(username) ? undefined : { field: "username", fault: "mixed_scripts" };
}

function isName(name: string): boolean {
  return name !== "" && name.length <= MAXIMUM_NAME_LENGTH && !REFUSED_IN_NAME.test(name);
}

function aboutClaims({ issues: [issue] }: { issues: { path: PropertyKey[]; message: string }[] }): string {
  return `${issue?.path.join(".")} ${issue?.message}`;
}
