import { type MailLanguage, writeMail } from "../../mail/messages.ts";
import type { SecondFactorChange } from "../../mail/second-factor-texts.ts";
import type { FlowPorts } from "../ports.ts";

/**
 * Tells a person by mail what happened to their second factor, where mail is sent and they have an address.
 *
 * @param about.language of the page where it happened; without one the person's own, as far as it is known.
 */
export async function tellOwner(
  { accounts, selfService, settings }: FlowPorts,
  subject: string,
  { change, language }: { change: SecondFactorChange; language?: MailLanguage },
): Promise<void> {
  const outbox = selfService?.outbox;
  if (!outbox) return;
  const claims = await accounts.claimsOf(subject);
  if (typeof claims?.email !== "string") return;
  const own = /^ja\b/i.test(String(claims.locale ?? "")) ? "ja" : "en";
  const accountLink = `${settings.origin}/account/second-factor`;
  outbox.post(writeMail(claims.email, language ?? own, { kind: "second-factor", change, accountLink }));
}
