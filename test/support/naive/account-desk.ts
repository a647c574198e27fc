import { randomBytes } from "node:crypto";
import { createPasswords } from "../../../src/server/account/password.ts";
import type { AccountDesk } from "../../attack/account-desk.ts";
import { openGate } from "../gate.ts";

/** Where accounts are made and passwords are reset as a team in a hurry builds it: helpful, trusting, and in two steps. */
export async function openNaiveDesk(): Promise<AccountDesk> {
  const gate = await openGate();
  const { accounts } = gate.services.store;
  const mails: { to: string; text: string }[] = [];
  const links = new Map<string, string>();
  const passwords = new Map<string, string>();
  return {
    gate,
    mails: () => mails,
    async register({ email, username }) {
      if (await accounts.findByEmail(email)) return "This address has an account already.";
      mails.push({ to: email, text: `Welcome, ${username}!` });
      return "Look into your mail.";
    },
    async askForLink({ email, host }) {
      const account = await accounts.findByEmail(email.split(/[\r\n]/)[0] ?? "");
      if (!account) return "There is no account with this address.";
      const token = randomBytes(32).toString("base64url");
      links.set(token, account.subject);
      mails.push({ to: email, text: `https://${host}/reset/${token}` });
      return "Look into your mail.";
    },
    async followLink(token, password) {
      const subject = links.get(token);
      const account = subject && (await accounts.findBySubject(subject));
      if (!account) return "This link is not good any more.";
      passwords.set(account.subject, await createPasswords().hash(password));
      links.delete(token);
      return "changed";
    },
    close: () => gate.close(),
  };
}
