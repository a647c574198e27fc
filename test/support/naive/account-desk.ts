import { randomBytes } from "node:crypto";
import { addAccount } from "../../../src/server/account/add-account.ts";
import { createPasswords } from "../../../src/server/account/password.ts";
import { signedInAt } from "../../../src/server/flow/authorization/signed-in.ts";
import { cookieRules } from "../../../src/server/session/cookie.ts";
import type { AccountDesk } from "../../attack/account-desk.ts";
import { ORIGIN, openGate } from "../gate.ts";

type Link = {
  subject?: string;
  registered?: { username: string; name: string; email: string; password: string };
};

/** Where accounts are made and passwords are reset as a team in a hurry builds it: helpful, trusting, and in two steps. */
export async function openNaiveDesk(): Promise<AccountDesk> {
  const gate = await openGate();
  const { services } = gate;
  const { accounts } = services.store;
  const mails: { to: string; text: string }[] = [];
  const links = new Map<string, Link>();
  const passwords = new Map<string, string>();
  const mail = (to: string, host: string, page: string, link: Link) => {
    const token = randomBytes(32).toString("base64url");
    links.set(token, link);
    mails.push({ to, text: `https://${host}/${page}/${token}` });
  };
  return {
    gate,
    wait: (milliseconds) => gate.clock.advance(milliseconds),
    mails: () => mails,
    async register(form) {
      if (await accounts.findByEmail(form.email)) return "This address has an account already.";
      mail(form.email, "gate.example", "register", { registered: form });
      return "Look into your mail.";
    },
    async confirm(token) {
      const form = links.get(token)?.registered;
      if (!form) return "This link is not good any more.";
      await addAccount({ accounts, clock: services.clock, random: services.random }, form);
      return "/";
    },
    async askForLink({ email, host }) {
      const account = await accounts.findByEmail(email.split(/[\r\n]/)[0] ?? "");
      if (!account) return "There is no account with this address.";
      mail(email, host, "reset", { subject: account.subject });
      return "Look into your mail.";
    },
    async followLink(token, password) {
      const { subject, registered } = links.get(token) ?? {};
      const account = subject
        ? await accounts.findBySubject(subject)
        : await accounts.findByEmail(registered?.email ?? "");
      if (!account) return "This link is not good any more.";
      passwords.set(account.subject, await createPasswords().hash(password));
      links.delete(token);
      return "changed";
    },
    async changePassword({ cookies }, { password }) {
      const signedIn = await signedInAt(services, cookies.get(cookieRules(ORIGIN).session));
      if (!signedIn) return "/login";
      passwords.set(signedIn.subject, await createPasswords().hash(password));
      return "changed";
    },
    close: () => gate.close(),
  };
}
