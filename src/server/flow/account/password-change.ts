import type { PasswordFault } from "../../account/password-rules.ts";
import type { MailLanguage } from "../../mail/messages.ts";
import { countAttempt } from "../count-attempt.ts";
import { TicketgateError } from "../error.ts";
import type { FlowPorts } from "../ports.ts";
import { hashedPassword, verifiedPassword } from "./hashing.ts";
import { giveNewPassword, newPasswordFault } from "./new-password.ts";
import { requireSelfService } from "./self-service.ts";

/** What is wrong with a change of a password. */
export type PasswordChangeFault =
  | { field: "current"; fault: "wrong" }
  | { field: "password"; fault: PasswordFault };

/** How a change of a password ended. */
export type PasswordChange =
  | { outcome: "changed"; username: string }
  | { outcome: "refused"; faults: PasswordChangeFault[] };

/**
 * Gives somebody who is signed in another password, if they know the one they have. Everybody who was signed in is signed out, here too: who
 * changed it signs in with the new one.
 *
 * @param request.subject of the session of this browser.
 * @param request.endsApplications whether applications lose their tokens too.
 * @throws TicketgateError UNAUTHORIZED when there is no such account; TOO_MANY_REQUESTS.
 */
export async function changePassword(
  ports: FlowPorts,
  request: {
    subject: string;
    current: string;
    password: string;
    endsApplications: boolean;
    language: MailLanguage;
    address?: string | undefined;
  },
): Promise<PasswordChange> {
  const { accounts, passwords } = requireSelfService(ports);
  const account = await accounts.findBySubject(request.subject);
  if (!account) throw new TicketgateError("UNAUTHORIZED");
  const { subject, username } = account;
  const { address, password, endsApplications, language } = request;
  if ((await countAttempt(ports, { username, address })) > 0) throw new TicketgateError("TOO_MANY_REQUESTS");
  const fault = await newPasswordFault(account, password);
  const isRight = await verifiedPassword(passwords, account.passwordHash, request.current);
  const faults: PasswordChangeFault[] = [
    ...(isRight ? [] : [{ field: "current", fault: "wrong" } as const]),
    ...(fault === undefined ? [] : [{ field: "password", fault } as const]),
  ];
  if (!isRight) ports.log.warn("audit.password_change_refused", { subject, address });
  if (faults.length > 0) return { outcome: "refused", faults };
  const passwordHash = await hashedPassword(passwords, password);
  const outcome = await giveNewPassword(ports, account, {
    passwordHash,
    how: "change",
    endsApplications,
    language,
  });
  if (outcome === "outrun") return { outcome: "refused", faults: [{ field: "current", fault: "wrong" }] };
  return { outcome: "changed", username };
}
