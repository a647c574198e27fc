import type { Mail, Mailer } from "./mail.ts";

const KEPT = 50;

/** A mail that was kept instead of sent. `at`: milliseconds since the epoch. */
export type KeptMail = Mail & { at: number };

/** Keeps mail in memory for a page of a development checkout, newest first. */
export type Mailbox = Mailer & { mails(): readonly KeptMail[] };

export function createMailbox(clock: () => number): Mailbox {
  let kept: KeptMail[] = [];
  return {
    async send(mail) {
      kept = [{ ...mail, at: clock() }, ...kept].slice(0, KEPT);
    },
    close() {},
    mails: () => kept,
  };
}
