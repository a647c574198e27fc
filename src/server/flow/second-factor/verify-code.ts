import type { SecondFactor } from "../../account/second-factor/ports.ts";
import { recoveryCodeHash } from "../../account/second-factor/recovery-codes.ts";
import { stepOfCode } from "../../account/second-factor/totp.ts";
import { readTypedCode, type TypedCode } from "../../account/second-factor/typed-code.ts";
import type { AuthenticationMethod } from "../../session/records.ts";
import { TicketgateError } from "../error.ts";
import type { FlowPorts } from "../ports.ts";
import { requireSecondFactors } from "./second-factors.ts";
import { tellOwner } from "./tell-owner.ts";

/** How somebody was authenticated who typed the right password and a right code. */
export type VerifiedMethods = [AuthenticationMethod, ...AuthenticationMethod[]];

/**
 * Verifies a code of a person, and spends it: a code works once, of an authenticator app as of the recovery codes (ASVS 6.5.1). What a code
 * was refused for is told to nobody.
 *
 * @returns how the person is authenticated, together with a password that was right; `undefined` when the code is wrong.
 * @throws TicketgateError TOO_MANY_REQUESTS after too many tries; then no code is looked at.
 * @see RFC 6238, section 5.2; RFC 8176, section 2
 */
export async function verifyCode(
  ports: FlowPorts,
  factor: SecondFactor,
  typed: string,
): Promise<VerifiedMethods | undefined> {
  const { subject } = factor;
  await countCode(ports, subject);
  const code = readTypedCode(typed);
  if (!code || !(await spend(ports, factor, code))) {
    ports.log.warn("audit.second_factor_refused", { subject });
    return undefined;
  }
  await requireSecondFactors(ports).codeAttempts.clear(subject);
  ports.log.info("audit.second_factor_verified", { subject, kind: code.kind });
  if (code.kind === "totp") return ["pwd", "otp", "mfa"];
  await tellOwner(ports, subject, { change: "code-used" });
  return ["pwd", "mfa"];
}

/**
 * Counts a try of a code of a person, whatever came of it.
 *
 * @throws TicketgateError TOO_MANY_REQUESTS
 */
export async function countCode(ports: FlowPorts, subject: string): Promise<void> {
  if ((await requireSecondFactors(ports).codeAttempts.consume({ username: subject })) === 0) return;
  ports.log.warn("audit.tries_exceeded", { subject, of: "second factor" });
  throw new TicketgateError("TOO_MANY_REQUESTS");
}

async function spend(ports: FlowPorts, factor: SecondFactor, code: TypedCode): Promise<boolean> {
  const { factors } = requireSecondFactors(ports);
  const { subject, id, secret, lastStep } = factor;
  if (code.kind === "recovery") {
    return factors.spendRecoveryCode({ subject, codeHash: recoveryCodeHash(subject, code.code) });
  }
  const step = stepOfCode(secret, code.digits, { now: ports.clock(), lastStep });
  return step !== undefined && factors.spendStep({ subject, id, step });
}
