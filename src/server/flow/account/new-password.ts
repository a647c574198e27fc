import { type PasswordFault, passwordFault } from "../../account/password-rules.ts";
import type { Account, EndedSession } from "../../account/ports.ts";
import { type MailLanguage, writeMail } from "../../mail/messages.ts";
import { SERVICE_NAME } from "../../mail/service-name.ts";
import type { FlowPorts } from "../ports.ts";
import { endWithSession } from "../sign-out.ts";
import { endApplications } from "./end-applications.ts";
import { requireSelfService } from "./self-service.ts";

/** How giving an account another password ended. `outrun`: it was changed by somebody else meanwhile. */
export type NewPassword = "changed" | "outrun";

/** The rule that a new password of an account breaks. */
export function newPasswordFault(account: Account, password: string): Promise<PasswordFault | undefined> {
  const { username, name, email } = account;
  return passwordFault(password, [username, name, email, SERVICE_NAME]);
}

/**
 * Gives an account another password, signs everybody out of it who was signed in, and tells the owner by mail.
 *
 * @param account as it was read before the right to change it was verified: one that was changed since then keeps its password.
 * @param change.how stands in the audit trail.
 * @param change.endsApplications whether the tokens of all applications end too.
 */
export async function giveNewPassword(
  ports: FlowPorts,
  account: Account,
  change: {
    passwordHash: string;
    how: "reset" | "change";
    endsApplications: boolean;
    language: MailLanguage;
  },
): Promise<NewPassword> {
  const { accounts } = requireSelfService(ports);
  const { subject, passwordHash: from } = account;
  const { passwordHash: to } = change;
  const ended = await accounts.changePassword({ subject, from, to, at: ports.clock() });
  if (!ended) return "outrun";
  // Only now is nobody verified by the old password any more: sign-ins that were begun before this moment are refused.
  await accounts.noteCredentialsChange(subject, ports.clock());
  ports.log.info("audit.password_changed", { subject, how: change.how, sessions: ended.length });
  await endAll(ports, ended);
  if (change.endsApplications) await endApplications(ports, subject);
  tellOwner(ports, account, change.language);
  return "changed";
}

/** The browsers of these sessions are elsewhere: clients hear of it over the back channel only. */
async function endAll(ports: FlowPorts, ended: readonly EndedSession[]): Promise<void> {
  for (const session of ended) await endWithSession(ports, session);
}

function tellOwner(ports: FlowPorts, { email }: Account, language: MailLanguage): void {
  const { outbox, origin } = requireSelfService(ports);
  if (email === undefined || !outbox) return;
  outbox.post(writeMail(email, language, { kind: "password-changed", resetLink: `${origin}/reset` }));
}
