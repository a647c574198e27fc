import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { AccountRefusedError, addAccount } from "./account/add-account.ts";
import { readPassword } from "./account/read-password.ts";
import { complain, runCommand } from "./command.ts";
import type { Config } from "./config.ts";
import { createKeyring } from "./secret/keyring.ts";
import { storePlace } from "./services.ts";
import { openStore } from "./store/open.ts";

const USAGE = `npm run user -- <user name> [--name "Full Name"] [--development]

Adds an end-user. The password is read from standard input: it is asked for at a terminal, and
can come from a pipe. --development takes the configuration that "npm run dev" generated.`;

type Arguments = { username: string; name: string | undefined; development: boolean };

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

async function addUser(config: Config, { username, name }: Arguments): Promise<string | undefined> {
  const random = (bytes: number) => randomBytes(bytes);
  const keyring = createKeyring(config.sealingKeys, { purpose: "store", random });
  const store = await openStore({ ...storePlace(config), clock: Date.now, random, keyring });
  try {
    const password = await readPassword(process.stdin, (text) => process.stderr.write(text));
    if (password === undefined) return undefined;
    return await addAccount(
      { accounts: store.accounts, random },
      { username, password, ...(name === undefined ? {} : { name }) },
    );
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
      options: { name: { type: "string" }, development: { type: "boolean", default: false } },
    });
    const [username, secondWord, ...more] = positionals;
    if (username === undefined || more.length > 0) return undefined;
    if (secondWord !== undefined && values.name !== undefined) return undefined;
    return { username, name: values.name ?? secondWord, development: values.development };
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
