import { DatabaseSync } from "node:sqlite";
import type { Page } from "playwright-core";
import { vi } from "vitest";
import { type ArrivedMail, type MailServer, startMailServer } from "../../support/mail-server.ts";
import { startTicketgate, type Ticketgate } from "./ticketgate.ts";

/** A server whose mail arrives. */
export type MailingTicketgate = Ticketgate & { mail: MailServer };

/** Starts a production server and the mail server it sends to. */
export async function startMailing(overrides: Record<string, string> = {}): Promise<MailingTicketgate> {
  const mail = await startMailServer();
  const server = await startTicketgate({
    TICKETGATE_SMTP_URL: mail.url,
    TICKETGATE_MAIL_FROM: "Ticketgate <no-reply@example.com>",
    ...overrides,
  });
  return {
    ...server,
    mail,
    async stop() {
      await server.stop();
      await mail.stop();
    },
  };
}

/** The newest mail to an address, once it is there. */
export async function mailTo({ mail }: MailingTicketgate, address: string): Promise<ArrivedMail> {
  return vi.waitFor(
    () => {
      const found = mail.mails.findLast(({ to }) => to.includes(address));
      if (!found) throw new Error(`no mail to ${address}`);
      return found;
    },
    { timeout: 10_000, interval: 50 },
  );
}

/** The link of a kind that was mailed to an address last, once it is there. */
export async function linkTo(
  { mail }: MailingTicketgate,
  address: string,
  kind: "register" | "reset" | "verify",
): Promise<string> {
  const link = new RegExp(`^http\\S+/${kind}/[\\w-]{43}\\?ui_locales=\\w+$`, "m");
  return vi.waitFor(
    () => {
      const texts = mail.mails.filter(({ to }) => to.includes(address)).map((arrived) => arrived.mail.text);
      const found = texts.map((text) => link.exec(text ?? "")?.[0]).findLast((text) => text !== undefined);
      if (found === undefined) throw new Error(`no link to ${kind} for ${address}`);
      return found;
    },
    { timeout: 10_000, interval: 50 },
  );
}

/** Fills in fields by their labels, and presses a button. */
export async function fillIn(page: Page, fields: Record<string, string>, button: string): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  await page.getByRole("button", { name: button }).click();
}

/** A person who has no account yet: another one for each name. */
export function newcomer(name: string) {
  return {
    username: name,
    name: `${name} Example`,
    email: `${name}@example.com`,
    password: "plum tractor sings",
  };
}

/** Gets an account through the pages, and is signed in thereafter. */
export async function registered(
  server: MailingTicketgate,
  page: Page,
  somebody: ReturnType<typeof newcomer>,
): Promise<void> {
  await page.goto(`${server.origin}/register?next=/account`);
  const fields = {
    "User name": somebody.username,
    Name: somebody.name,
    "E-mail address": somebody.email,
    Password: somebody.password,
  };
  await fillIn(page, fields, "Register");
  await page.waitForURL(`${server.origin}/register/sent`);
  await page.goto(await linkTo(server, somebody.email, "register"));
  await fillIn(page, { Password: somebody.password }, "Confirm and sign in");
  await page.waitForURL(`${server.origin}/account`);
}

/** Notes an address of an account past the server, as one that nobody has verified. */
export function giveUnverifiedAddress({ database }: Ticketgate, username: string, email: string): void {
  const opened = new DatabaseSync(database);
  opened
    .prepare("update accounts set email = ?, email_key = ?, email_verified = 0 where username = ?")
    .run(email, email, username);
  opened.close();
}
