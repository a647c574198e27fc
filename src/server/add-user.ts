import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import nextEnv from "@next/env";
import { AccountRefusedError, addAccount } from "./account/add-account.ts";
import { readPassword } from "./account/read-password.ts";
import { ConfigurationError, processEnvironment, setMode } from "./config.ts";
import { createKeyring } from "./secret/keyring.ts";
import { loadConfiguration, storePlace } from "./services.ts";
import { openStore, StoreOpenError } from "./store/open.ts";

const USAGE = `npm run user -- <user name> [--name "Full Name"] [--development]

Adds an end-user. The password is read from standard input: it is asked for at a terminal, and
can come from a pipe. --development takes the configuration that "npm run dev" generated.`;

type Arguments = { username: string; name: string | undefined; development: boolean };

/** Adds an end-user to the configured database and prints the subject. Ends with 0, 1 (refused) or 2 (wrong call). */
async function main(): Promise<number> {
  const given = readArguments(process.argv.slice(2));
  if (given === undefined) return complain(USAGE, 2);
  const development = given.development || processEnvironment().NODE_ENV === "development";
  setMode(development ? "development" : "production");
  nextEnv.loadEnvConfig(process.cwd(), development, { info: () => {}, error: () => {} });
  try {
    const subject = await addUser(given);
    if (subject === undefined) return complain("Nothing was added.", 1);
    process.stdout.write(`${subject}\n`);
    return 0;
  } catch (error) {
    if (error instanceof ConfigurationError && !development) {
      return complain(`${error.message}\nFor the server of "npm run dev" add --development.`, 1);
    }
    if (isExplained(error)) return complain(error.message, 1);
    throw error;
  }
}

async function addUser({ username, name }: Arguments): Promise<string | undefined> {
  const { config } = loadConfiguration();
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

function isExplained(error: unknown): error is Error {
  return (
    error instanceof ConfigurationError ||
    error instanceof StoreOpenError ||
    error instanceof AccountRefusedError ||
    error instanceof RangeError ||
    (error instanceof TypeError && "code" in error && error.code === "ERR_ENCODING_INVALID_ENCODED_DATA")
  );
}

function complain(text: string, exitCode: number): number {
  process.stderr.write(`${text}\n`);
  return exitCode;
}

process.exitCode = await main();
