import { newRecoveryCodes } from "../../account/second-factor/recovery-codes.ts";
import type { MailLanguage } from "../../mail/messages.ts";
import type { FlowPorts } from "../ports.ts";
import { endWithSession } from "../sign-out.ts";
import { knowsOwnPassword } from "./own-password.ts";
import { requireSecondFactors } from "./second-factors.ts";
import { beginSetup, confirmSetup, endSetup, readSetup, type ShownSetup, showCodes } from "./setup.ts";
import { tellOwner } from "./tell-owner.ts";
import { verifyCode } from "./verify-code.ts";

/** Somebody who is signed in, and the session of this browser by its hash. */
export type SessionOwner = { subject: string; sessionHash: string };

/** What a form of the account says beside what it is about. */
export type FactorForm = SessionOwner & { language: MailLanguage; address?: string | undefined };

/** What somebody sees of their second factor. */
export type OwnSecondFactor =
  | { show: "nothing" }
  | ShownSetup
  | {
      show: "active";
      enrolledAt: Date;
      /** How many recovery codes are left. */
      recoveryCodes: number;
    };

/** A form names what was wrong with it. */
export type FactorFault = "password" | "code";

/** How a form ended. `over`: there is nothing any more that it is about. */
export type FactorEnd = "done" | "over" | FactorFault;

/** Reads what there is to see of somebody's second factor; what was begun in another session is not shown. */
export async function ownSecondFactor(
  ports: FlowPorts,
  { subject, sessionHash, username }: SessionOwner & { username: string },
): Promise<OwnSecondFactor> {
  const { factors } = requireSecondFactors(ports);
  const [factor, setup] = await Promise.all([
    factors.find(subject),
    readSetup(ports, { ownerHash: sessionHash, subject }, username),
  ]);
  if (setup && (setup.show === "codes") === (factor !== undefined)) return setup;
  if (!factor) return { show: "nothing" };
  const recoveryCodes = await factors.countRecoveryCodes(subject);
  return { show: "active", enrolledAt: new Date(factor.enrolledAt), recoveryCodes };
}

/**
 * Begins to set up an authenticator app for somebody who is signed in, if they know the password (ASVS 7.5.1).
 *
 * @throws TicketgateError UNAUTHORIZED when there is no such account; TOO_MANY_REQUESTS.
 */
export async function beginEnrolment(
  ports: FlowPorts,
  form: FactorForm & { password: string },
): Promise<FactorEnd> {
  if (!(await knowsOwnPassword(ports, form))) return "password";
  const { factors } = requireSecondFactors(ports);
  if (await factors.find(form.subject)) return "over";
  await beginSetup(ports, setupOwner(form), showUntil(ports));
  return "done";
}

/**
 * Takes the first code of an authenticator app. From then on every sign-in takes one.
 *
 * @throws TicketgateError TOO_MANY_REQUESTS
 */
export async function confirmEnrolment(
  ports: FlowPorts,
  form: FactorForm & { code: string },
): Promise<FactorEnd> {
  const confirmation = await confirmSetup(ports, setupOwner(form), form.code);
  if (confirmation !== "enrolled") return confirmation === "wrong" ? "code" : "over";
  await tellOwner(ports, form.subject, { change: "on", language: form.language });
  return "done";
}

/** Ends what somebody was shown: they have kept the recovery codes, or do not want an authenticator app after all. */
export async function leaveSetup(ports: FlowPorts, { sessionHash }: SessionOwner): Promise<void> {
  await endSetup(ports, { ownerHash: sessionHash });
}

/**
 * Gives somebody a new set of recovery codes in the place of the old one, for password and code.
 *
 * @throws TicketgateError UNAUTHORIZED; TOO_MANY_REQUESTS.
 */
export async function renewRecoveryCodes(
  ports: FlowPorts,
  form: FactorForm & { password: string; code: string },
): Promise<FactorEnd> {
  const proved = await prove(ports, form);
  if (typeof proved === "string") return proved;
  const { subject, language } = form;
  const { codes, hashes: codeHashes } = newRecoveryCodes(subject, ports.random);
  const { factors } = requireSecondFactors(ports);
  if (!(await factors.replaceRecoveryCodes({ subject, id: proved.id, codeHashes }))) return "over";
  await showCodes(ports, setupOwner(form), { codes, expiresAt: showUntil(ports) });
  ports.log.info("audit.recovery_codes_renewed", { subject });
  await tellOwner(ports, subject, { change: "codes", language });
  return "done";
}

/**
 * Takes the second factor of somebody away, for password and code. Sign-ins that are under way have to begin anew.
 *
 * @throws TicketgateError UNAUTHORIZED; TOO_MANY_REQUESTS.
 */
export async function turnOffSecondFactor(
  ports: FlowPorts,
  form: FactorForm & { password: string; code: string },
): Promise<FactorEnd> {
  const proved = await prove(ports, form);
  if (typeof proved === "string") return proved;
  const { subject, language } = form;
  if (!(await requireSecondFactors(ports).factors.remove(subject))) return "over";
  ports.log.info("audit.second_factor_removed", { subject });
  await tellOwner(ports, subject, { change: "off", language });
  return "done";
}

/** Ends every other session of somebody (ASVS 7.4.3): who is signed in elsewhere signs in anew, with the second factor. */
export async function endOtherSessions(
  ports: FlowPorts,
  { subject, sessionHash }: SessionOwner,
): Promise<number> {
  const ended = await ports.sessions.removeOthers(subject, sessionHash);
  for (const session of ended) await endWithSession(ports, session);
  ports.log.info("audit.other_sessions_ended", { subject, sessions: ended.length });
  return ended.length;
}

/** The password first: with a wrong one no code is spent. */
async function prove(
  ports: FlowPorts,
  form: FactorForm & { password: string; code: string },
): Promise<{ id: string } | "over" | FactorFault> {
  if (!(await knowsOwnPassword(ports, form))) return "password";
  const factor = await requireSecondFactors(ports).factors.find(form.subject);
  if (!factor) return "over";
  return (await verifyCode(ports, factor, form.code)) ? { id: factor.id } : "code";
}

function setupOwner({ subject, sessionHash }: SessionOwner) {
  return { ownerHash: sessionHash, subject };
}

/** As long as a sign-in may take. */
function showUntil({ clock, settings }: FlowPorts): number {
  return clock() + settings.session.transactionMs;
}

/** Whether somebody has a second factor; `undefined` where nobody can. */
export async function hasSecondFactor(
  { secondFactors }: Pick<FlowPorts, "secondFactors">,
  subject: string,
): Promise<boolean | undefined> {
  return secondFactors && (await secondFactors.factors.find(subject)) !== undefined;
}
