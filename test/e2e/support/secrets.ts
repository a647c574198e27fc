import { DatabaseSync } from "node:sqlite";
import { createLeakScanner, type LeakScanner } from "../../support/leak-scanner.ts";
import type { Recorded } from "./recorder.ts";
import { person, type Ticketgate } from "./ticketgate.ts";

/** Members of messages that are worth something to who has them. */
const SECRET_MEMBERS =
  /^(ticket|handle|accessToken|refreshToken|jwtAccessToken|idToken|access_token|refresh_token|id_token)$/;

/** Members of a JWK that only its owner may know (RFC 7518 6.2.2, 6.3.2, 6.4.1). */
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "k"];

/** The wrong password that tests try. */
export const WRONG_PASSWORD = "not the password 1";

/**
 * A scanner for every secret of a run: what was given to the servers, what they made, and what people typed.
 *
 * @param run.answers what the servers answered: a cookie, handle or form token in it is known by that name, because it may be in some places.
 * @param run.alsoSecret what an engine elsewhere answered.
 */
export async function everySecret({
  servers,
  answers,
  alsoSecret = [],
}: {
  servers: readonly Ticketgate[];
  answers: readonly Recorded[];
  alsoSecret?: readonly (readonly [name: string, value: string])[];
}): Promise<LeakScanner> {
  const scanner = createLeakScanner();
  const known = [...answers.flatMap(secretsOfAnswer), ...alsoSecret];
  for (const [name, value] of known) scanner.remember(name, value);
  for (const server of servers) await rememberServer(scanner, server);
  scanner.remember("password", person.password);
  scanner.remember("wrong password", WRONG_PASSWORD);
  return scanner;
}

async function rememberServer(scanner: LeakScanner, server: Ticketgate): Promise<void> {
  for (const [name, value] of Object.entries(server.secrets)) scanner.remember(name, value);
  for (const value of passwordHashes(server.database)) scanner.remember("password hash", value);
  for (const value of await privateKeyMembers(server)) scanner.remember("private key", value);
  for (const value of server.minted()) scanner.remember("minted value", value);
}

function passwordHashes(database: string): string[] {
  const opened = new DatabaseSync(database, { readOnly: true });
  try {
    const rows = opened.prepare("select password_hash from accounts").all();
    // The same everywhere: algorithm and its cost. What is secret is the salt and the hash.
    return rows.flatMap((row) => String(row.password_hash).split("$").slice(-2));
  } finally {
    opened.close();
  }
}

async function privateKeyMembers({ origin, secrets, engineServiceId }: Ticketgate): Promise<string[]> {
  if (engineServiceId === undefined) return [];
  const answer = await fetch(`${origin}/api/${engineServiceId}/service/jwks/get?includePrivateKeys=true`, {
    headers: { authorization: `Bearer ${secrets.TICKETGATE_ENGINE_TOKEN}` },
  });
  const { keys } = (await answer.json()) as { keys: Record<string, string>[] };
  const members = keys.flatMap((key) => PRIVATE_MEMBERS.flatMap((name) => key[name] ?? []));
  if (members.length === 0) throw new Error("The engine showed no private key.");
  return members;
}

function secretsOfAnswer({ answer: { headers, text } }: Recorded): [string, string][] {
  const cookies = [headers["set-cookie"] ?? []].flat().map((line) => /=([^;]*)/.exec(line)?.[1] ?? "");
  const formTokens = [...text.matchAll(/name="formToken" value="([^"]+)"|"formToken\\?":\\?"([\w-]+)/g)];
  return [
    ...cookies.filter(Boolean).map((value): [string, string] => ["cookie", value]),
    ...formTokens.map(([, field, property = ""]): [string, string] => ["form token", field ?? property]),
    ...secretsIn(jsonOf(text)),
  ];
}

/** The secrets in a message of the engine or of an endpoint, by their members' names. */
export function secretsIn(message: unknown): [string, string][] {
  if (typeof message !== "object" || message === null) return [];
  return Object.entries(message).flatMap(([name, value]): [string, string][] => {
    if (name === "responseContent") return secretsIn(jsonOf(value));
    if (typeof value !== "string") return secretsIn(value);
    return SECRET_MEMBERS.test(name) ? [[name, value]] : [];
  });
}

function jsonOf(text: unknown): unknown {
  if (typeof text !== "string" || !/^[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
