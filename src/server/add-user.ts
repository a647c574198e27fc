import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { AccountRefusedError, addAccount, type NewAccount } from "./account/add-account.ts";
import { claimOptions, claimsOfOptions } from "./account/claim-options.ts";
import { readPassword } from "./account/read-password.ts";
import { complain, readCall, runCommand } from "./command.ts";
import type { Config } from "./config.ts";
import { createKeyring } from "./secret/keyring.ts";
import { storePlace } from "./services.ts";
import { openStore, type Store } from "./store/open.ts";

const USAGE = `npm run user -- <user name> [--name "Full Name"] [--email address [--email-verified]] [claims] [--development]
npm run user -- <user name> --remove-second-factor [--development]

Adds an end-user. The password is read from standard input: it is asked for at a terminal, and
can come from a pipe. --development takes the configuration that "npm run dev" generated.

--remove-second-factor takes the authenticator app and the recovery codes of an end-user away, who has
lost them: the password alone signs in then. Be sure who asks for it.

Claims, which clients get when their scopes ask for them:
  ${Object.entries(claimOptions)
    .map(([name, { type }]) => (type === "string" ? `--${name} text` : `--${name}`))
    .join(", ")
    .replace(/(.{60,90}?), /g, "$1,\n  ")}`;

type Arguments = { account: Omit<NewAccount, "password">; development: boolean; removesFactor: boolean };

/** Adds an end-user to the configured database, or takes away the second factor of one, and prints the subject, or what was taken away. Ends with 0, 1 (refused) or 2 (wrong call). */
async function main(): Promise<number> {
  const given = readCall(USAGE, readArguments);
  if (given === undefined) return 2;
  return runCommand({ development: given.development, explains }, async (config) => {
    const subject = given.removesFactor
      ? await withStore(config, (store) => removeFactor(store, given.account.username))
      : await withStore(config, (store) => addUser(store, given));
    if (subject === undefined)
      return complain(`Nothing was ${given.removesFactor ? "removed" : "added"}.`, 1);
    process.stdout.write(
      `${given.removesFactor ? removed(config, given.account.username, subject) : subject}\n`,
    );
    return 0;
  });
}

function removed({ secondFactor }: Config, username: string, subject: string): string {
  const next =
    secondFactor === "required"
      ? "The next sign-in with the password sets up a new one"
      : "The password alone signs in now";
  return `The authenticator app and the recovery codes of ${username} (${subject}) were taken away. ${next}.`;
}

const random = (bytes: number) => randomBytes(bytes);

async function withStore<Result>(config: Config, work: (store: Store) => Promise<Result>): Promise<Result> {
  const keyring = createKeyring(config.sealingKeys, { purpose: "store", random });
  const store = await openStore({ ...storePlace(config), clock: Date.now, random, keyring });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function addUser({ accounts }: Store, { account }: Arguments): Promise<string | undefined> {
  const password = await readPassword(process.stdin, (text) => process.stderr.write(text));
  if (password === undefined) return undefined;
  return addAccount({ accounts, clock: Date.now, random }, { ...account, password });
}

/** Sign-ins that are under way with it are refused. `undefined` when there is no such user, or nothing to take away. */
async function removeFactor({ accounts, factors }: Store, username: string): Promise<string | undefined> {
  const account = await accounts.findByUsername(username);
  if (!account || !(await factors.remove(account.subject))) return undefined;
  return account.subject;
}

/** What may be said beside the name of whom to take the second factor from. */
const forRemoval: ReadonlySet<string> = new Set(["remove-second-factor", "development"]);

/** The full name may also come as the second word. */
function readArguments(words: string[]): Arguments | undefined {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      ...claimOptions,
      name: { type: "string" },
      email: { type: "string" },
      "email-verified": { type: "boolean" },
      "remove-second-factor": { type: "boolean", default: false },
      development: { type: "boolean", default: false },
    },
  });
  const [username, secondWord, ...more] = positionals;
  if (username === undefined || more.length > 0) return undefined;
  const {
    email,
    name,
    "email-verified": emailVerified,
    "remove-second-factor": removesFactor,
    development,
    ...claims
  } = values;
  const saysMore = secondWord !== undefined || Object.keys(values).some((option) => !forRemoval.has(option));
  if (removesFactor && saysMore) return undefined;
  if (secondWord !== undefined && name !== undefined) return undefined;
  if (emailVerified && email === undefined) return undefined;
  const account = { username, name: name ?? secondWord, email, emailVerified };
  return { account: { ...account, claims: claimsOfOptions(claims) }, development, removesFactor };
}

function explains(error: unknown): boolean {
  return (
    error instanceof AccountRefusedError ||
    error instanceof RangeError ||
    (error instanceof TypeError && "code" in error && error.code === "ERR_ENCODING_INVALID_ENCODED_DATA")
  );
}

process.exitCode = await main();
