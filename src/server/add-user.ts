import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { AccountRefusedError, addAccount, type NewAccount } from "./account/add-account.ts";
import { claimOptions, claimsOfOptions } from "./account/claim-options.ts";
import { readPassword } from "./account/read-password.ts";
import { complain, runCommand } from "./command.ts";
import type { Config } from "./config.ts";
import { createKeyring } from "./secret/keyring.ts";
import { storePlace } from "./services.ts";
import { openStore } from "./store/open.ts";

const USAGE = `npm run user -- <user name> [--name "Full Name"] [--email address [--email-verified]] [claims] [--development]

Adds an end-user. The password is read from standard input: it is asked for at a terminal, and
can come from a pipe. --development takes the configuration that "npm run dev" generated.

Claims, which clients get when their scopes ask for them:
  ${Object.entries(claimOptions)
    .map(([name, { type }]) => (type === "string" ? `--${name} text` : `--${name}`))
    .join(", ")
    .replace(/(.{60,90}?), /g, "$1,\n  ")}`;

type Arguments = { account: Omit<NewAccount, "password">; development: boolean };

/** Adds an end-user to the configured database and prints the subject. Ends with 0, 1 (refused) or 2 (wrong call). */
async function main(): Promise<number> {
  const given = readArguments(process.argv.slice(2));
  if (given === undefined) return complain(USAGE, 2);
  return runCommand({ development: given.development, explains }, async (config) => {
    const subject = await addUser(config, given);
    if (subject === undefined) return complain("Nothing was added.", 1);
    process.stdout.write(`${subject}\n`);
    return 0;
  });
}

async function addUser(config: Config, { account }: Arguments): Promise<string | undefined> {
  const random = (bytes: number) => randomBytes(bytes);
  const keyring = createKeyring(config.sealingKeys, { purpose: "store", random });
  const store = await openStore({ ...storePlace(config), clock: Date.now, random, keyring });
  try {
    const password = await readPassword(process.stdin, (text) => process.stderr.write(text));
    if (password === undefined) return undefined;
    const ports = { accounts: store.accounts, clock: Date.now, random };
    return await addAccount(ports, { ...account, password });
  } finally {
    await store.close();
  }
}

/** The full name may also come as the second word. */
function readArguments(words: string[]): Arguments | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        ...claimOptions,
        name: { type: "string" },
        email: { type: "string" },
        "email-verified": { type: "boolean" },
        development: { type: "boolean", default: false },
      },
    });
    const [username, secondWord, ...more] = positionals;
    if (username === undefined || more.length > 0) return undefined;
    const { email, name, "email-verified": emailVerified, development, ...claims } = values;
    if (secondWord !== undefined && name !== undefined) return undefined;
    if (emailVerified && email === undefined) return undefined;
    const account = { username, name: name ?? secondWord, email, emailVerified };
    return { account: { ...account, claims: claimsOfOptions(claims) }, development };
  } catch {
    return undefined;
  }
}

function explains(error: unknown): boolean {
  return (
    error instanceof AccountRefusedError ||
    error instanceof RangeError ||
    (error instanceof TypeError && "code" in error && error.code === "ERR_ENCODING_INVALID_ENCODED_DATA")
  );
}

process.exitCode = await main();
