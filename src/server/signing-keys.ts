import { parseArgs } from "node:util";
import { readCall, runCommand } from "./command.ts";
import { type Config, ConfigurationError } from "./config.ts";
import { adoptKeys } from "./engine/key-rotation/adopt.ts";
import { phasedKeys } from "./engine/key-rotation/key-set.ts";
import type { RotationPorts } from "./engine/key-rotation/publish.ts";
import { rotateKeys } from "./engine/key-rotation/rotate.ts";
import { openServices } from "./services.ts";

const USAGE = `npm run keys -- [list | rotate] [--now] [--development]

Lists the signing keys of the embedded engine, or gives each of them a successor. A successor is published for
TICKETGATE_KEY_PUBLICATION_SECONDS before it signs; with --now it signs at once. The old key stays published until
everything that it signed has expired. --development is for the server of "npm run dev".`;

type Arguments = { verb: "list" | "rotate"; now: boolean; development: boolean };

/** Lists or rotates the signing keys. Ends with 0, 1 (refused) or 2 (wrong call). */
async function main(): Promise<number> {
  const given = readCall(USAGE, readArguments);
  if (given === undefined) return 2;
  return runCommand({ development: given.development }, (config) => withKeys(config, given));
}

async function withKeys(config: Config, { verb, now }: Arguments): Promise<number> {
  const { engine } = config;
  if (engine.kind !== "embedded") {
    throw new ConfigurationError(["AUTHLETE_BASE_URL: the keys of the Authlete cloud are kept there"]);
  }
  const services = await openServices({ ...config, logLevel: "error" }, { followsConfiguration: false });
  try {
    const ports = { store: services.store.engine, serviceId: engine.serviceId };
    if (verb === "rotate") await rotate(ports, now ? 0 : engine.keys.publicationMs);
    await list(ports);
    return 0;
  } finally {
    await services.close();
  }
}

async function rotate(ports: RotationPorts, publicationMs: number): Promise<void> {
  await adoptKeys(ports, Date.now());
  await rotateKeys(ports, { publicationMs, now: Date.now() });
}

async function list({ store, serviceId }: RotationPorts): Promise<void> {
  const keys = phasedKeys(await store.read.listSigningKeys(serviceId), Date.now());
  const lines = keys.map(({ key, phase }) => {
    const since = new Date(key.activeAt).toISOString();
    return `${key.alg.padEnd(7)}${key.kid.padEnd(14)}${phase.padEnd(10)}signs from ${since}`;
  });
  process.stdout.write(
    `${lines.length > 0 ? lines.join("\n") : "There are no keys that rotation takes care of."}\n`,
  );
}

function readArguments(words: string[]): Arguments | undefined {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { now: { type: "boolean", default: false }, development: { type: "boolean", default: false } },
  });
  const [verb = "list", ...more] = positionals;
  if ((verb !== "list" && verb !== "rotate") || more.length > 0) return undefined;
  return { verb, ...values };
}

process.exitCode = await main();
