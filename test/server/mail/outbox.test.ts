import { describe, expect, it, vi } from "vitest";
import type { Mail } from "../../../src/server/mail/mail.ts";
import { createMailbox } from "../../../src/server/mail/mailbox.ts";
import { createOutbox } from "../../../src/server/mail/outbox.ts";

const mail = (to: string): Mail => ({ to, subject: "s", text: "t", html: "h" });

function setUp(send: (mail: Mail) => Promise<void>) {
  const sleeps: number[] = [];
  const log = { error: vi.fn() };
  const mailer = { send: vi.fn(send), close: vi.fn() };
  const sleep = async (ms: number) => void sleeps.push(ms);
  return { outbox: createOutbox({ mailer, log, sleep }), mailer, log, sleeps };
}

describe("the outbox", () => {
  it("takes mail at once, sends it in order, and waits for it when it closes", async () => {
    const sent: string[] = [];
    const { outbox, mailer, log } = setUp(async ({ to }) => void sent.push(to));
    for (const to of ["a", "b", "c", "d"]) outbox.post(mail(to));
    expect(sent).toEqual([]);
    await outbox.close();
    expect(sent).toEqual(["a", "b", "c", "d"]);
    expect(mailer.close).toHaveBeenCalledOnce();
    expect(log.error).not.toHaveBeenCalled();
  });

  it("tries three times, each later, then says in the log that it gave up, without the address", async () => {
    let failures = 2;
    const { outbox, mailer, log, sleeps } = setUp(async () => {
      if (failures-- > 0) throw new Error("greylisted");
    });
    outbox.post(mail("a@example.com"));
    await vi.waitFor(() => expect(mailer.send).toHaveBeenCalledTimes(3));
    expect(sleeps).toEqual([2_000, 15_000]);
    expect(log.error).not.toHaveBeenCalled();
    failures = 3;
    outbox.post(mail("a@example.com"));
    await vi.waitFor(() => expect(log.error).toHaveBeenCalledOnce());
    expect(mailer.send).toHaveBeenCalledTimes(6);
    expect(JSON.stringify(log.error.mock.calls)).not.toContain("a@example.com");
    await outbox.close();
  });

  it("takes no more than it can hold, and nothing once it closes", async () => {
    const { outbox, mailer, log } = setUp(async () => {});
    for (let count = 0; count < 1_001; count++) outbox.post(mail(String(count)));
    expect(log.error).toHaveBeenCalledOnce();
    await outbox.close();
    expect(mailer.send).toHaveBeenCalledTimes(1_000);
    outbox.post(mail("late"));
    expect(mailer.send).toHaveBeenCalledTimes(1_000);
  });
});

describe("the mailbox of a development checkout", () => {
  it("keeps the newest fifty, newest first", async () => {
    let now = 0;
    const mailbox = createMailbox(() => ++now);
    for (let count = 1; count <= 51; count++) await mailbox.send(mail(`${count}`));
    expect(mailbox.mails().map(({ to }) => to)).toEqual(
      Array.from({ length: 50 }, (_, index) => `${51 - index}`),
    );
    expect(mailbox.mails()[0]?.at).toBe(51);
  });
});
