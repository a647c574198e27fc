import type { MailLanguage } from "../../mail/messages.ts";
import { hashOf } from "../../secret/hash.ts";
import type { Transaction } from "../../session/records.ts";
import { findBrowserTransaction } from "../../session/transaction.ts";
import { TicketgateError } from "../error.ts";
import type { FlowPorts } from "../ports.ts";
import { requireSecondFactors } from "./second-factors.ts";
import { beginSetup, confirmSetup, endSetup, readSetup, type ShownSetup } from "./setup.ts";
import { tellOwner } from "./tell-owner.ts";
import { type VerifiedMethods, verifyCode } from "./verify-code.ts";

/** A sign-in whose password was right: the handle from the address, and the value of the transaction's cookie. */
export type SignInClaim = { handle: string; binding: string | undefined };

/** What a person has to do in a sign-in after the password, or is to be shown. */
export type SignInStep = { show: "code"; username: string } | ShownSetup;

type Owned = Transaction & { subject: string };

/** Has somebody who needs a second factor and has none set one up in the sign-in that they have begun. */
export async function prepareSecondFactor(
  ports: FlowPorts,
  { handle, subject }: { handle: string; subject: string },
): Promise<void> {
  if (await requireSecondFactors(ports).factors.find(subject)) return;
  const expiresAt = ports.clock() + ports.settings.session.transactionMs;
  await beginSetup(ports, { ownerHash: hashOf(handle), subject }, expiresAt);
}

/**
 * What comes after the password of a sign-in.
 *
 * @returns `undefined` when there is nothing to do: the sign-in is unknown, another browser's, over, or needs no second factor.
 */
export async function readSignInStep(ports: FlowPorts, claim: SignInClaim): Promise<SignInStep | undefined> {
  const transaction = await ownedTransaction(ports, claim);
  if (!transaction) return undefined;
  const { subject, state } = transaction;
  const { factors } = requireSecondFactors(ports);
  const account = await ports.accounts.find(subject);
  if (!account) return undefined;
  const { username } = account;
  if (state === "second-factor" && (await factors.find(subject))) return { show: "code", username };
  const shown = await readSetup(ports, ownerOf(transaction), username);
  const fits = state === "second-factor" ? shown?.show === "secret" : shown?.show === "codes";
  return fits && (state === "second-factor" || state === "authenticated") ? shown : undefined;
}

/**
 * Takes the code of a sign-in's second factor. With the right one the sign-in is authenticated and can be issued, once.
 *
 * @returns who it is.
 * @throws TicketgateError TICKET_INVALID for a handle that is unknown, expired, another browser's, or of a sign-in that waits for no code;
 *   SECOND_FACTOR_INVALID for a code that is wrong or was used; TOO_MANY_REQUESTS.
 */
export async function enterCode(
  ports: FlowPorts,
  { code, ...claim }: SignInClaim & { code: string },
): Promise<{ subject: string }> {
  const transaction = await outstanding(ports, claim);
  const factor = await requireSecondFactors(ports).factors.find(transaction.subject);
  if (!factor) throw new TicketgateError("TICKET_INVALID");
  const methods = await verifyCode(ports, factor, code);
  if (!methods) throw new TicketgateError("SECOND_FACTOR_INVALID");
  await authenticate(ports, transaction, methods);
  return { subject: transaction.subject };
}

/**
 * Takes the first code of an authenticator app that is set up within a sign-in. With the right one the person is enrolled and the sign-in
 * authenticated; the recovery codes are what is shown next. Where another sign-in of theirs has been first, nothing happens: this one
 * waits for a code of that app.
 *
 * @throws TicketgateError as `enterCode`.
 */
export async function enrolAtSignIn(
  ports: FlowPorts,
  { code, language, ...claim }: SignInClaim & { code: string; language: MailLanguage },
): Promise<void> {
  const transaction = await outstanding(ports, claim);
  const confirmation = await confirmSetup(ports, ownerOf(transaction), code);
  if (confirmation === "over") return requireFactor(ports, transaction.subject);
  if (confirmation === "wrong") throw new TicketgateError("SECOND_FACTOR_INVALID");
  await authenticate(ports, transaction, ["pwd", "otp", "mfa"]);
  await tellOwner(ports, transaction.subject, { change: "on", language });
}

/**
 * Notes that a person has kept the recovery codes they were shown within a sign-in.
 *
 * @returns who it is: the sign-in can be issued.
 * @throws TicketgateError TICKET_INVALID
 */
export async function keepCodesAtSignIn(ports: FlowPorts, claim: SignInClaim): Promise<{ subject: string }> {
  const transaction = await ownedTransaction(ports, claim);
  if (transaction?.state !== "authenticated") throw new TicketgateError("TICKET_INVALID");
  await endSetup(ports, ownerOf(transaction));
  return { subject: transaction.subject };
}

async function requireFactor(ports: FlowPorts, subject: string): Promise<void> {
  const factor = await requireSecondFactors(ports).factors.find(subject);
  if (!factor) throw new TicketgateError("TICKET_INVALID");
}

async function outstanding(ports: FlowPorts, claim: SignInClaim): Promise<Owned> {
  const transaction = await ownedTransaction(ports, claim);
  if (transaction?.state !== "second-factor") throw new TicketgateError("TICKET_INVALID");
  return transaction;
}

async function ownedTransaction(ports: FlowPorts, claim: SignInClaim): Promise<Owned | undefined> {
  requireSecondFactors(ports);
  const transaction = await findBrowserTransaction(ports, claim);
  return transaction?.subject === undefined ? undefined : { ...transaction, subject: transaction.subject };
}

async function authenticate(ports: FlowPorts, transaction: Owned, methods: VerifiedMethods): Promise<void> {
  const { handleHash, ownerHash } = transaction;
  const change = { handleHash, ownerHash, methods, now: ports.clock() };
  if (!(await ports.transactions.authenticate(change))) throw new TicketgateError("TICKET_INVALID");
}

function ownerOf({ handleHash, subject }: Owned) {
  return { ownerHash: handleHash, subject };
}
