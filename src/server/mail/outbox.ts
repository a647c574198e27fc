import type { Mail, Mailer, Outbox } from "./mail.ts";

/** Two more tries, this many milliseconds later: what a busy server asks for (RFC 5321 4.5.4.1 means hours; nobody waits that long). */
const DELAYS_MS = [2_000, 15_000];
const WAITING = 1_000;
const AT_ONCE = 2;

type Log = { error(event: string, fields?: Record<string, unknown>): void };

/**
 * Makes an outbox in the memory of this process: what it holds is lost when the process ends hard, and the person asks again.
 *
 * @param options.sleep resolves after that many milliseconds.
 */
export function createOutbox(options: {
  mailer: Mailer;
  log: Log;
  sleep: (ms: number) => Promise<void>;
}): Outbox {
  const waiting: Mail[] = [];
  const workers = new Set<Promise<void>>();
  let closing = false;

  async function work(): Promise<void> {
    for (let mail = waiting.shift(); mail; mail = waiting.shift()) await deliver(mail);
  }

  async function deliver(mail: Mail): Promise<void> {
    for (const delay of [...DELAYS_MS, undefined]) {
      try {
        return await options.mailer.send(mail);
      } catch (error) {
        if (delay === undefined || closing) return options.log.error("mail.not_sent", { error });
        await options.sleep(delay);
      }
    }
  }

  return {
    post(mail) {
      if (closing || waiting.length >= WAITING)
        return options.log.error("mail.not_sent", { reason: "too many mails wait" });
      waiting.push(mail);
      if (workers.size >= AT_ONCE) return;
      const worker: Promise<void> = Promise.resolve()
        .then(work)
        .finally(() => workers.delete(worker));
      workers.add(worker);
    },
    async close() {
      closing = true;
      await Promise.all(workers);
      options.mailer.close();
    },
  };
}
