import { readRecoveryCode } from "./recovery-codes.ts";
import { CODE_DIGITS } from "./totp.ts";

/** What a person typed where a code is asked for. */
export type TypedCode = { kind: "totp"; digits: string } | { kind: "recovery"; code: string };

/** Reads a code: six digits of an authenticator app, in whatever width and groups, or a recovery code. */
export function readTypedCode(typed: string): TypedCode | undefined {
  const digits = typed.normalize("NFKC").replace(/[\s\p{Pd}]/gu, "");
  if (digits.length === CODE_DIGITS && /^\d+$/.test(digits)) return { kind: "totp", digits };
  const code = readRecoveryCode(typed);
  return code === undefined ? undefined : { kind: "recovery", code };
}
