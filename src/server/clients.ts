import { parseArgs } from "node:util";
import { EngineError } from "./authlete/error.ts";
import { clientOptions, logoutOptions, type Words } from "./client-command/options.ts";
import { printed } from "./client-command/print.ts";
import { ClientRefusedError, type GivenOptions } from "./client-command/settings.ts";
import { isVerb, runVerb, type VerbName, verbs } from "./client-command/verbs.ts";
import { readCall, runCommand } from "./command.ts";
import type { Config } from "./config.ts";
import { openServices } from "./services.ts";

const USAGE = `npm run client -- add --name text --redirect-uri uri [options]
npm run client -- list
npm run client -- show | update | remove | secret | lock | unlock <client id> [options]

Manages the applications that may sign people in here, in the embedded engine or in the Authlete cloud, whichever is configured.
"secret" gives a client a new secret. Secrets are shown once. --json prints for programs. --development is for the server
of "npm run dev".

Options of add and update:
  --public                        it cannot keep a secret (add only)
${Object.entries(clientOptions)
  .map(([name, { help }]) => `  --${name.padEnd(30)}${help}`)
  .join("\n")}
  --scope                         the only scopes it may ask for; may be repeated
${Object.keys(logoutOptions)
  .map((name) => `  --${name}`)
  .join("\n")}
  --set member=value              any other member of the Client object; the value is JSON, or a text`;

type Arguments = { verb: VerbName; id: string; given: GivenOptions; json: boolean; development: boolean };

/** Manages clients. Ends with 0, 1 (refused) or 2 (wrong call). */
async function main(): Promise<number> {
  const given = readCall(USAGE, readArguments);
  if (given === undefined) return 2;
  const explains = (error: unknown) => error instanceof ClientRefusedError || error instanceof EngineError;
  return runCommand({ development: given.development, explains }, (config) => run(config, given));
}

async function run(config: Config, { verb, id, given, json }: Arguments): Promise<number> {
  const services = await openServices({ ...config, logLevel: "error" }, { followsConfiguration: false });
  try {
    process.stdout.write(printed(await runVerb(services.authlete, verb, { id, given }), { json }));
    return 0;
  } finally {
    await services.close();
  }
}

const ownOptions = {
  public: { type: "boolean" },
  scope: { type: "string", multiple: true },
  set: { type: "string", multiple: true },
  json: { type: "boolean" },
  development: { type: "boolean" },
} as const;

function readArguments(words: string[]): Arguments | undefined {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { ...repeatable(clientOptions), ...repeatable(logoutOptions), ...ownOptions },
  });
  const [verb, id, ...more] = positionals;
  if (!isVerb(verb) || more.length > 0 || (id !== undefined) !== verbs[verb].takesId) return undefined;
  const { json = false, development = false, ...settings } = values;
  const given = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, [value ?? []].flat() as Words]),
  );
  const settles = verb === "add" || verb === "update";
  if (!settles && Object.keys(given).length > 0) return undefined;
  if (verb === "update" && given.public !== undefined) return undefined;
  return { verb, id: id ?? "", given, json: json === true, development: development === true };
}

function repeatable(options: Readonly<Record<string, { type: "string" | "boolean" }>>) {
  return Object.fromEntries(
    Object.entries(options).map(([name, { type }]) => [name, { type, multiple: true } as const]),
  );
}

process.exitCode = await main();
