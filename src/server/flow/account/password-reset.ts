import { readEmail } from "../../account/email.ts";
import type { PasswordFault } from "../../account/password-rules.ts";
import type { Account, AccountToken } from "../../account/ports.ts";
import { type MailLanguage, writeMail } from "../../mail/messages.ts";
import { isValue } from "../../session/value.ts";
import type { FlowPorts } from "../ports.ts";
import { hashedPassword } from "./hashing.ts";
import { consumeLink, countMail, createLink, findLink, rememberedWith } from "./mailed-link.ts";
import { giveNewPassword, newPasswordFault } from "./new-password.ts";
import { requireMail } from "./self-service.ts";

/** What was asked for besides. `handle` is of an application's request that the person was signing in for. */
type ResetRequest = {
  email: string;
  handle?: string | undefined;
  language: MailLanguage;
  address?: string | undefined;
};

/**
 * Mails a link for a new password to an address, if it is the address of an account. Answer and work are the same if it is not (threat
 * T24): a link is stored either way, and nobody waits for the mail.
 *
 * @returns whether the text is an address at all.
 * @throws TicketgateError NOT_FOUND where no mail can be sent; TOO_MANY_REQUESTS.
 */
export async function requestPasswordReset(ports: FlowPorts, request: ResetRequest): Promise<boolean> {
  const { accounts, outbox } = requireMail(ports);
  const email = readEmail(request.email);
  if (email === undefined) return false;
  await countMail(ports, { email, address: request.address });
  const account = await accounts.findByEmail(email);
  const link = await createLink(ports, {
    purpose: "reset-password",
    language: request.language,
    // To the address of the account, never to the one that was typed: they may differ in ways that are hard to see.
    email: account?.email ?? email,
    subject: account?.subject,
    ...(isValue(request.handle) ? { remembered: request.handle } : {}),
  });
  const mail = writeMail(account?.email ?? email, request.language, { kind: "reset-password", ...link });
  if (account) outbox.post(mail);
  ports.log.info("audit.password_reset_requested", { subject: account?.subject, address: request.address });
  return true;
}

/** The user name that a mailed link gives a new password; `undefined` when the link is not good any more. */
export async function readPasswordReset(
  ports: FlowPorts,
  token: string,
): Promise<{ username: string } | undefined> {
  const account = await accountOf(ports, await findLink(ports, "reset-password", token));
  return account && { username: account.username };
}

/** How a reset ended. `handle` is of the application's request that it was asked for in, if it was: it says nothing of this browser. */
export type PasswordReset =
  | { outcome: "changed"; handle?: string | undefined }
  | { outcome: "expired" }
  | { outcome: "refused"; fault: PasswordFault };

/**
 * Gives the account of a mailed link a new password. The link works once; a password that breaks a rule does not use it. Everybody who was
 * signed in is signed out, applications lose their tokens, and the address is known to be the owner's.
 *
 * @throws TicketgateError NOT_FOUND where no mail can be sent; TOO_MANY_REQUESTS when too many passwords wait to be hashed.
 */
export async function resetPassword(
  ports: FlowPorts,
  { token, password, language }: { token: string; password: string; language: MailLanguage },
): Promise<PasswordReset> {
  const { accounts, passwords } = requireMail(ports);
  const account = await accountOf(ports, await findLink(ports, "reset-password", token));
  if (!account) return { outcome: "expired" };
  const fault = await newPasswordFault(account, password);
  if (fault !== undefined) return { outcome: "refused", fault };
  // Before the link is used: what fails here can be tried again.
  const passwordHash = await hashedPassword(passwords, password);
  const link = await consumeLink(ports, "reset-password", token);
  if (!link) return { outcome: "expired" };
  const outcome = await giveNewPassword(ports, account, {
    passwordHash,
    how: "reset",
    endsApplications: true,
    language,
  });
  if (outcome === "outrun") return { outcome: "expired" };
  await accounts.verifyEmail(account.subject, link.email, ports.clock());
  return { outcome: "changed", handle: rememberedWith(ports, link) };
}

async function accountOf(ports: FlowPorts, link: AccountToken | undefined): Promise<Account | undefined> {
  const { accounts } = requireMail(ports);
  return link?.subject === undefined ? undefined : accounts.findBySubject(link.subject);
}
