import type { Random } from "../ports.ts";

/** A secret that the engine chooses: 512 random bits in base64url, 86 characters. */
export function clientSecret(random: Random): string {
  return Buffer.from(random(64)).toString("base64url");
}
