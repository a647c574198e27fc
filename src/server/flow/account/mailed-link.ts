import { emailKey } from "../../account/email.ts";
import type { AccountToken, AccountTokenPurpose } from "../../account/ports.ts";
import type { MailLanguage } from "../../mail/messages.ts";
import { hashOf } from "../../secret/hash.ts";
import { isValue, newValue } from "../../session/value.ts";
import { TicketgateError } from "../error.ts";
import type { FlowPorts } from "../ports.ts";
import { requireSelfService } from "./self-service.ts";

/** What a link is for, and the language of its mail and of the page behind it. `remembered` is kept with it, sealed. */
export type NewLink = {
  purpose: AccountTokenPurpose;
  language: MailLanguage;
  email: string;
  subject: string | undefined;
  remembered?: string;
};

/** The pages that links lead to. */
const paths: Record<AccountTokenPurpose, string> = {
  register: "/register",
  "verify-email": "/verify",
  "reset-password": "/reset",
};

/**
 * Makes a link that works once. Its value is in the link only: what is stored is a hash.
 *
 * @returns the link, and for how many minutes it is good.
 */
export async function createLink(
  ports: FlowPorts,
  link: NewLink,
): Promise<{ link: string; minutes: number }> {
  const { tokens, origin, linkMs } = requireSelfService(ports);
  const token = newValue(ports.random);
  const tokenHash = hashOf(token);
  const now = ports.clock();
  const { purpose, language, email, subject, remembered } = link;
  await tokens.insert({
    tokenHash,
    purpose,
    subject,
    email,
    sealed: remembered === undefined ? undefined : ports.keyring.seal(remembered, contextOf(tokenHash)),
    createdAt: now,
    expiresAt: now + linkMs,
  });
  const address = `${origin}${paths[purpose]}/${token}?ui_locales=${language}`;
  return { link: address, minutes: Math.floor(linkMs / 60_000) };
}

/** The link of a value, if it is good still. It is not used. */
export async function findLink(
  ports: FlowPorts,
  purpose: AccountTokenPurpose,
  token: string,
): Promise<AccountToken | undefined> {
  if (!isValue(token)) return undefined;
  return requireSelfService(ports).tokens.find({ tokenHash: hashOf(token), purpose, now: ports.clock() });
}

/** Uses the link of a value. Of any number of calls one gets it. */
export async function consumeLink(
  ports: FlowPorts,
  purpose: AccountTokenPurpose,
  token: string,
): Promise<AccountToken | undefined> {
  if (!isValue(token)) return undefined;
  return requireSelfService(ports).tokens.consume({ tokenHash: hashOf(token), purpose, now: ports.clock() });
}

/** What was kept with a link; `undefined` when there is nothing, or no key opens it. */
export function rememberedWith(
  { keyring }: Pick<FlowPorts, "keyring">,
  { sealed, tokenHash }: AccountToken,
): string | undefined {
  return sealed === undefined ? undefined : keyring.open(sealed, contextOf(tokenHash));
}

/**
 * Counts a mail before anything is looked up, so that the limit tells nothing of who has an account.
 *
 * @throws TicketgateError TOO_MANY_REQUESTS
 */
export async function countMail(
  ports: FlowPorts,
  { email, address }: { email: string; address: string | undefined },
): Promise<void> {
  const { mailAttempts } = requireSelfService(ports);
  if ((await mailAttempts.consume({ username: emailKey(email) ?? email, address })) === 0) return;
  ports.log.warn("audit.mails_exceeded", { address });
  throw new TicketgateError("TOO_MANY_REQUESTS");
}

function contextOf(tokenHash: string): string {
  return `account token ${tokenHash}`;
}
