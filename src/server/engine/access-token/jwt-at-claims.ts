import { givenNonEmptyText } from "../given.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

/**
 * The extra claims of a JWT access token: JSON text of an object. They have to parse even where access tokens are not
 * JWTs.
 *
 * @returns the claims in normal form, or `undefined` when none are given.
 */
export function readJwtAtClaims(value: unknown, code: RefusalCode): string | undefined {
  const text = givenNonEmptyText(value);
  if (text === undefined) return undefined;
  return objectText(text) ?? refuse(code);
}

function objectText(text: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(text);
    if (typeof claims !== "object" || claims === null || Array.isArray(claims)) return undefined;
    return JSON.stringify(claims);
  } catch {
    return undefined;
  }
}
