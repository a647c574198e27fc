import { randomBytes, randomInt } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { MINIMUM_PASSWORD_LENGTH } from "./account/password-rules.ts";
import { developmentSecret } from "./config.ts";

const developmentSchema = z.object({
  demoUser: z.object({ username: z.string(), name: z.string(), password: z.string() }),
  environment: z.record(z.string(), z.string()),
});

/** What a checkout needs to run with no settings: generated once, kept in the state folder. */
export type Development = z.infer<typeof developmentSchema>;

const FILE = "development.json";
const PASSWORD_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/**
 * Reads the development secrets and the demo user of this checkout, and generates them on the first run.
 *
 * @param stateDirectory folder that is created if need be; the file is readable by its owner only.
 */
export function developmentState(stateDirectory: string): Development {
  const file = join(stateDirectory, FILE);
  const stored = read(file);
  if (stored) return stored;
  mkdirSync(stateDirectory, { recursive: true, mode: 0o700 });
  const generated = generate();
  try {
    writeFileSync(file, `${JSON.stringify(generated, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    return generated;
  } catch (error) {
    // Another process of the same checkout was first: its secrets are the ones in use.
    const other = read(file);
    if (other) return other;
    throw error;
  }
}

function read(file: string): Development | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  const parsed = developmentSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new Error(`${file} is damaged: delete its folder to start afresh.`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function generate(): Development {
  const secret = () => developmentSecret(randomBytes(32).toString("base64url"));
  const password = Array.from(
    { length: MINIMUM_PASSWORD_LENGTH },
    () => PASSWORD_ALPHABET[randomInt(PASSWORD_ALPHABET.length)],
  ).join("");
  return {
    demoUser: { username: "demo", name: "Demo User", password },
    environment: {
      TICKETGATE_SEALING_KEYS: secret(),
      TICKETGATE_CLIENT_SECRET: secret(),
      TICKETGATE_ENGINE_TOKEN: secret(),
      TICKETGATE_BACKEND_CLIENT_SECRET: secret(),
    },
  };
}
