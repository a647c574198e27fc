/** One mail. Nothing in it comes from who caused it but the address, which `readEmail` has read, and words that `quotedText` has. */
export type Mail = { to: string; subject: string; text: string; html: string };

/** Hands mail over to whoever delivers it. */
export interface Mailer {
  /** Resolves when the mail is accepted, rejects when it is not. */
  send(mail: Mail): Promise<void>;
  /** Ends connections. */
  close(): void;
}

/** Takes mail of the pages. Nobody waits for it, so that nobody can tell from the time whether there was one. */
export interface Outbox {
  post(mail: Mail): void;
  /** Waits for what was posted, then closes. Later posts are dropped. */
  close(): Promise<void>;
}
