import { type MailLanguage, writeMail } from "../../mail/messages.ts";
import type { FlowPorts } from "../ports.ts";
import { consumeLink, countMail, createLink, findLink } from "./mailed-link.ts";
import { requireMail } from "./self-service.ts";

/**
 * Mails a link by which somebody who is signed in shows that mail to their address arrives.
 *
 * @returns false when there is nothing to verify.
 * @throws TicketgateError NOT_FOUND where no mail can be sent; TOO_MANY_REQUESTS.
 */
export async function requestEmailVerification(
  ports: FlowPorts,
  request: { subject: string; language: MailLanguage; address?: string | undefined },
): Promise<boolean> {
  const { accounts, outbox } = requireMail(ports);
  const account = await accounts.findBySubject(request.subject);
  if (account?.email === undefined || account.emailVerified) return false;
  const { subject, email } = account;
  await countMail(ports, { email, address: request.address });
  const link = await createLink(ports, {
    purpose: "verify-email",
    language: request.language,
    subject,
    email,
  });
  outbox.post(writeMail(email, request.language, { kind: "verify-email", ...link }));
  return true;
}

/** The address that a mailed link verifies; `undefined` when the link is not good any more. */
export async function readEmailVerification(ports: FlowPorts, token: string): Promise<string | undefined> {
  requireMail(ports);
  return (await findLink(ports, "verify-email", token))?.email;
}

/**
 * Notes that the address of a mailed link belongs to its account, once.
 *
 * @returns false when the link is not good any more, or the account has another address by now.
 */
export async function verifyEmail(ports: FlowPorts, token: string): Promise<boolean> {
  const { accounts } = requireMail(ports);
  const link = await consumeLink(ports, "verify-email", token);
  if (link?.subject === undefined) return false;
  const verified = await accounts.verifyEmail(link.subject, link.email, ports.clock());
  if (verified) ports.log.info("audit.email_verified", { subject: link.subject });
  return verified;
}
