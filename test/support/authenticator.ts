import { hotp, stepAt } from "../../src/server/account/second-factor/totp.ts";
import { beginSetup, confirmSetup, endSetup, readSetup } from "../../src/server/flow/second-factor/setup.ts";
import { hashOf } from "../../src/server/secret/hash.ts";
import type { Gate } from "./gate.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** What an authenticator app makes of a key that somebody typed (RFC 4648, section 6). */
export function keyBytes(typed: string): Uint8Array {
  const bits = [...typed.replace(/\s/g, "")]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** The code that an app shows for a key. `now`: milliseconds since the epoch. */
export function codeAt(key: string, now: number): string {
  return hotp(keyBytes(key), stepAt(now));
}

/** A code that is none of a key at any time near. */
export function wrongCode(key: string, now: number): string {
  const near = [-2, -1, 0, 1, 2].map((distance) => hotp(keyBytes(key), stepAt(now) + distance));
  return ["000000", "111111", "222222", "333333", "444444", "555555"].find(
    (code) => !near.includes(code),
  ) as string;
}

/** Somebody's app and recovery codes. `code` is the one of now, and moves the clock on so that the next one is another. */
export type Authenticator = { key: string; recoveryCodes: string[]; code(): string; wrong(): string };

/** Enrols the gate's person, or whoever is named, past the pages. */
export async function enrolled(
  { services, clock, subject: own }: Pick<Gate, "services" | "clock" | "subject">,
  subject?: string,
): Promise<Authenticator> {
  const person = subject ?? (await own());
  const owner = { ownerHash: hashOf(`setup of ${person}`), subject: person };
  await beginSetup(services, owner, clock() + 60_000);
  const shown = await readSetup(services, owner, "somebody");
  if (shown?.show !== "secret") throw new Error("no secret is shown");
  const key = shown.groups.join("");
  const confirmation = await confirmSetup(services, owner, codeAt(key, clock()));
  const codes = await readSetup(services, owner, "somebody");
  if (codes?.show !== "codes") throw new Error(`not enrolled: ${confirmation}`);
  await endSetup(services, owner);
  clock.advance(30_000);
  return {
    key,
    recoveryCodes: codes.codes,
    code() {
      clock.advance(30_000);
      return codeAt(key, clock());
    },
    wrong: () => wrongCode(key, clock()),
  };
}
