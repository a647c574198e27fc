import { hashOf } from "../../secret/hash.ts";
import type { EngineContext } from "../context.ts";

/** Characters that nobody mistakes for another and that spell no words (RFC 8628 6.1), or digits alone. */
const charsets = { BASE20: "BCDFGHJKLMNPQRSTVWXZ", NUMERIC: "0123456789" } as const;

const DEFAULT_LENGTH = 8;

/** Longer codes nobody types. */
const LONGEST = 255;

/**
 * Makes a user code in the characters and the length that the service wants: letters of BASE20, eight of them, unless it
 * says otherwise.
 */
export function newUserCode({ service, random }: Pick<EngineContext, "service" | "random">): string {
  const charset = service.userCodeCharset === "NUMERIC" ? charsets.NUMERIC : charsets.BASE20;
  const length = Math.min(positive(service.userCodeLength) ?? DEFAULT_LENGTH, LONGEST);
  return Array.from({ length }, () => randomCharacter(charset, random)).join("");
}

function positive(value: unknown): number | undefined {
  return typeof value === "number" && value >= 1 ? Math.floor(value) : undefined;
}

/** Bytes beyond the last whole round are thrown away: with them, the first characters would come more often. */
function randomCharacter(charset: string, random: EngineContext["random"]): string {
  const fair = 256 - (256 % charset.length);
  for (;;) {
    const [byte = 255] = random(1);
    if (byte < fair) return charset.charAt(byte % charset.length);
  }
}

/**
 * What a user code is stored and looked up by. Its few bits would not keep it secret from somebody who has the table and
 * time to try them all. That is no loss: the code only lets a signed-in user say yes or no, it is over within minutes, and
 * whoever redeems the request needs the device code, which has 256 bits. Guessing is for the caller to limit (RFC 8628 5.1).
 */
export function userCodeHash({ serviceId }: Pick<EngineContext, "serviceId">, userCode: string): string {
  return hashOf(`${serviceId} ${userCode}`);
}
