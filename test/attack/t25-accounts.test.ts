import { vi } from "vitest";
import { createAttemptLimit } from "../../src/server/account/attempt-limit.ts";
import { openNaiveDesk } from "../support/naive/account-desk.ts";
import { type AccountDesk, ADDRESS, change, linkTo, openDesk, opens } from "./account-desk.ts";
import { attack } from "./attack.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

const TRIES = 5;

/** What the gate's person may be tried on so often in a minute. */
const openLimitedDesk = () =>
  openDesk({ overrides: { attempts: createAttemptLimit({ perUsername: TRIES, perAddress: 1_000 }) } });

const host = "gate.example";

attack("bury the victim's mail under links that nobody asked for", {
  surface: "account",
  naive: openNaiveDesk,
  ours: openLimitedDesk,
  refusal: { mails: TRIES, tooMany: true },
  async run(desk: AccountDesk) {
    const answers = [];
    for (let count = 0; count < 8 * TRIES; count += 1)
      answers.push(await desk.askForLink({ email: ADDRESS, host }));
    await linkTo(desk, ADDRESS, { count: TRIES });
    const mails = desk.mails().length;
    const tooMany = answers.at(-1)?.includes("Too many tries") ?? false;
    return { succeeded: mails > TRIES, gained: mails, refusal: { mails, tooMany } };
  },
  async honest(desk) {
    await desk.askForLink({ email: ADDRESS, host });
    return (await linkTo(desk, ADDRESS)) !== "";
  },
});

attack("guess the password of somebody whose browser stands open, at the form that changes it", {
  surface: "account",
  naive: openNaiveDesk,
  ours: openLimitedDesk,
  refusal: { tooMany: true },
  async run(desk: AccountDesk) {
    const browser = desk.gate.browser();
    await browser.signIn();
    const guess = (current: string) => desk.changePassword(browser, { ...change, current });
    for (let count = 0; count < TRIES; count += 1) await guess(`guess ${count}`);
    const answer = await guess(change.current);
    const refusal = { tooMany: answer.includes("Too many tries") };
    return { succeeded: /^changed$|notice=password/.test(answer), gained: answer, refusal };
  },
  async honest(desk) {
    const person = desk.gate.browser();
    await person.signIn();
    await desk.changePassword(person, change);
    return opens(desk, change.password);
  },
});
