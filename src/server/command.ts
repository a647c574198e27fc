import nextEnv from "@next/env";
import { type Config, ConfigurationError, processEnvironment, setMode } from "./config.ts";
import { loadConfiguration } from "./services.ts";
import { StoreOpenError } from "./store/open.ts";
import { unknownSettings } from "./unknown-settings.ts";

/** What a command takes: whether it is for the server of `npm run dev`, whether it is a server itself, and which errors of its own explain themselves. */
export type CommandOptions = {
  development: boolean;
  serves?: boolean;
  explains?: (error: unknown) => boolean;
};

/**
 * Runs a command of this project under the configuration of the server it is for. An error that explains itself is printed without a
 * stack; every other goes on. A misspelt setting is refused by a server, as it would be without its effect; a command warns of it.
 *
 * @param command gets the configuration and gives the exit code.
 * @returns the exit code: 1 when the command could not do its work.
 */
export async function runCommand(
  { development, serves = false, explains = () => false }: CommandOptions,
  command: (config: Config) => Promise<number>,
): Promise<number> {
  const isDevelopment = development || processEnvironment().NODE_ENV === "development";
  setMode(isDevelopment ? "development" : "production");
  nextEnv.loadEnvConfig(process.cwd(), isDevelopment, { info: () => {}, error: () => {} });
  try {
    const env = processEnvironment();
    return await command(loadConfiguration(serves ? env : withoutUnknown(env)).config);
  } catch (error) {
    if (error instanceof ConfigurationError && !isDevelopment) {
      return complain(`${error.message}\nFor the server of "npm run dev" add --development.`, 1);
    }
    if (error instanceof Error && (isExplained(error) || explains(error))) return complain(error.message, 1);
    throw error;
  }
}

function withoutUnknown(env: Record<string, string | undefined>): Record<string, string | undefined> {
  const unknown = unknownSettings(env);
  for (const { problem } of unknown) process.stderr.write(`Warning: ${problem}\n`);
  return { ...env, ...Object.fromEntries(unknown.map(({ name }) => [name, undefined])) };
}

function isExplained(error: Error): boolean {
  return error instanceof ConfigurationError || error instanceof StoreOpenError;
}

/**
 * Reads the words that a command was called with. Where it does not take them it prints how it is called, with the option that it does not
 * know or that lacks its value as the last line.
 *
 * @param read gives nothing for words that the command does not take, or throws as `parseArgs` does.
 * @returns what `read` gives.
 */
export function readCall<Arguments>(
  usage: string,
  read: (words: string[]) => Arguments | undefined,
): Arguments | undefined {
  try {
    const given = read(process.argv.slice(2));
    if (given === undefined) complain(usage, 2);
    return given;
  } catch (error) {
    const isAboutWords = error instanceof Error && "code" in error && /^ERR_PARSE_ARGS/.test(`${error.code}`);
    const [reason = ""] = isAboutWords ? error.message.split(/\.\s|\n/) : [];
    complain(reason === "" ? usage : `${usage}\n\n${reason.replace(/\.$/, "")}.`, 2);
    return undefined;
  }
}

/** Prints a text for people and gives the exit code back. */
export function complain(text: string, exitCode: number): number {
  process.stderr.write(`${text}\n`);
  return exitCode;
}
