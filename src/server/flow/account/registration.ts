import { z } from "zod";
import {
  type AccountFault,
  AccountRefusedError,
  checkAccount,
  insertAccount,
  newSubject,
} from "../../account/add-account.ts";
import type { AccountToken } from "../../account/ports.ts";
import { type MailLanguage, writeMail } from "../../mail/messages.ts";
import { SERVICE_NAME } from "../../mail/service-name.ts";
import { countAttempt } from "../count-attempt.ts";
import { TicketgateError } from "../error.ts";
import type { FlowPorts } from "../ports.ts";
import { refuseClientAsSubject } from "../subject-rules.ts";
import { hashedPassword, verifiedPassword } from "./hashing.ts";
import { consumeLink, countMail, createLink, findLink, rememberedWith } from "./mailed-link.ts";
import { offersOf, requireMail } from "./self-service.ts";

/** What a person fills in. `next` is where to go once signed in: a path of ours. */
export type Registration = {
  username: string;
  name: string;
  email: string;
  password: string;
  next: string;
  language: MailLanguage;
  address?: string | undefined;
};

/** What is wrong with a registration. An address that belongs to somebody is not among it. */
export type RegistrationFault =
  | Exclude<AccountFault, { field: "claims" }>
  | { field: "username"; fault: "address" };

const pendingSchema = z.strictObject({
  username: z.string(),
  name: z.string(),
  passwordHash: z.string(),
  next: z.string(),
});

type Pending = z.infer<typeof pendingSchema>;

/**
 * Begins a registration: mails a link to the address. There is no account before it is followed, so nobody can take an address that is not
 * theirs. Where the address belongs to an account already the answer and the work are the same, and the mail says so (threat T24).
 *
 * @returns what is wrong; nothing when the mail is on its way.
 * @throws TicketgateError NOT_FOUND where registration is off; TOO_MANY_REQUESTS.
 */
export async function requestRegistration(
  ports: FlowPorts,
  registration: Registration,
): Promise<RegistrationFault[]> {
  const { accounts, outbox, passwords, origin } = requireRegistration(ports);
  const checked = await checkAccount(registration, [SERVICE_NAME]);
  const faults = [
    ...(await usernameFaults(ports, registration)),
    ...(checked.account ? [] : checked.faults.filter((fault) => fault.field !== "claims")),
  ];
  if (!checked.account || faults.length > 0) return faults;
  const { username, name, email = "" } = checked.account;
  await countMail(ports, { email, address: registration.address });
  const passwordHash = await hashedPassword(passwords, registration.password);
  const pending: Pending = { username, name, passwordHash, next: registration.next };
  const link = await createLink(ports, {
    purpose: "register",
    language: registration.language,
    email,
    subject: undefined,
    remembered: JSON.stringify(pending),
  });
  const owner = await accounts.findByEmail(email);
  const about = owner
    ? { kind: "account-exists" as const, loginLink: `${origin}/login`, resetLink: `${origin}/reset` }
    : { kind: "confirm-registration" as const, ...link };
  outbox.post(writeMail(owner?.email ?? email, registration.language, about));
  ports.log.info("audit.registration_requested", {
    address: registration.address,
    known: owner !== undefined,
  });
  return [];
}

/** The user name that a mailed link registers; `undefined` when the link is not good any more. */
export async function readRegistration(
  ports: FlowPorts,
  token: string,
): Promise<{ username: string } | undefined> {
  requireRegistration(ports);
  const link = await findLink(ports, "register", token);
  const pending = link && pendingOf(ports, link);
  return pending && { username: pending.username };
}

/** How a confirmation ended. */
export type Confirmation =
  | { outcome: "created"; username: string; next: string }
  | { outcome: "expired" | "wrong_password" | "taken" };

/**
 * Finishes a registration: whoever received the mail and knows the password gets the account. The password is asked for again because the link
 * alone is in the hands of whoever owns the address, and that may not be who filled in the form.
 *
 * @throws TicketgateError NOT_FOUND where registration is off; TOO_MANY_REQUESTS; ENGINE_UNAVAILABLE.
 */
export async function confirmRegistration(
  ports: FlowPorts,
  { token, password, address }: { token: string; password: string; address?: string | undefined },
): Promise<Confirmation> {
  const { accounts, passwords } = requireRegistration(ports);
  const link = await findLink(ports, "register", token);
  const pending = link && pendingOf(ports, link);
  if (!link || !pending) return { outcome: "expired" };
  const attempt = { username: `registration ${link.tokenHash}`, address };
  if ((await countAttempt(ports, attempt)) > 0) throw new TicketgateError("TOO_MANY_REQUESTS");
  if (!(await verifiedPassword(passwords, pending.passwordHash, password)))
    return { outcome: "wrong_password" };
  const subject = newSubject(ports.random);
  await refuseClientAsSubject(ports, subject);
  if (!(await consumeLink(ports, "register", token))) return { outcome: "expired" };
  const { username, name, passwordHash } = pending;
  const account = {
    subject,
    username,
    name,
    passwordHash,
    email: link.email,
    emailVerified: true,
    claims: {},
  };
  try {
    await insertAccount({ accounts, clock: ports.clock }, account);
  } catch (error) {
    if (error instanceof AccountRefusedError) return { outcome: "taken" };
    throw error;
  }
  ports.log.info("audit.registered", { subject, address });
  return { outcome: "created", username, next: pending.next };
}

function requireRegistration(ports: FlowPorts) {
  if (!offersOf(ports).registration) throw new TicketgateError("NOT_FOUND");
  return requireMail(ports);
}

/**
 * A user name that is taken is told, because nobody could choose one else. It must not be an address then: that it is taken would tell whose
 * address it is.
 */
async function usernameFaults(
  ports: FlowPorts,
  { username, address }: Registration,
): Promise<{ field: "username"; fault: "address" | "taken" }[]> {
  if (username.normalize("NFKC").includes("@")) return [{ field: "username", fault: "address" }];
  await countLookUp(ports, username, address);
  const owner = await requireMail(ports).accounts.findByUsername(username);
  return owner ? [{ field: "username", fault: "taken" }] : [];
}

/** Asking for names is limited as guessing passwords is. */
async function countLookUp(ports: FlowPorts, username: string, address: string | undefined): Promise<void> {
  const attempt = { username: `registration of ${username}`, address };
  if ((await countAttempt(ports, attempt)) > 0) throw new TicketgateError("TOO_MANY_REQUESTS");
}

function pendingOf(ports: FlowPorts, link: AccountToken): Pending | undefined {
  const text = rememberedWith(ports, link);
  return text === undefined ? undefined : pendingSchema.parse(JSON.parse(text));
}
