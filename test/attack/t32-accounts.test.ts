import { vi } from "vitest";
import { openNaiveDesk } from "../support/naive/account-desk.ts";
import { type AccountDesk, ADDRESS, change, linkTo, NEW_PASSWORD, openDesk, opens } from "./account-desk.ts";
import { attack } from "./attack.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

const host = "gate.example";

async function honest(desk: AccountDesk): Promise<boolean> {
  const person = desk.gate.browser();
  await person.signIn();
  await desk.changePassword(person, change);
  return opens(desk, change.password);
}

attack("use a link for a new password that was asked for before the owner changed theirs", {
  surface: "account",
  naive: openNaiveDesk,
  ours: openDesk,
  refusal: true,
  honest,
  async run(desk: AccountDesk) {
    await desk.askForLink({ email: ADDRESS, host });
    const stolen = await linkTo(desk, ADDRESS);
    const owner = desk.gate.browser();
    await owner.signIn();
    await desk.changePassword(owner, change);
    const answer = await desk.followLink(stolen, "the password of mallory");
    const refusal = answer.includes("This link is not good any more.") && (await opens(desk, NEW_PASSWORD));
    return { succeeded: /changed|reset\/done/.test(answer), gained: answer, refusal };
  },
});

attack("finish a sign-in with the old password after the owner has got a new one", {
  surface: "trpc",
  naive: openNaiveDesk,
  ours: openDesk,
  refusal: "TICKET_INVALID",
  honest,
  async run(desk: AccountDesk) {
    const thief = desk.gate.browser();
    const begun = await thief.login();
    desk.wait(1);
    await desk.askForLink({ email: ADDRESS, host });
    await desk.followLink(await linkTo(desk, ADDRESS), NEW_PASSWORD);
    const { error } = await thief.call("token.issue", {
      ticket: begun.data?.handle,
      subject: begun.data?.subject,
    });
    const { data } = await thief.current();
    return { succeeded: data?.signedIn === true, refusal: error?.code };
  },
});
