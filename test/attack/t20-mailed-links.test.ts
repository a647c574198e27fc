import { vi } from "vitest";
import { openNaiveDesk } from "../support/naive/account-desk.ts";
import { type AccountDesk, ADDRESS, linkTo, NEW_PASSWORD, openDesk, opens } from "./account-desk.ts";
import { attack } from "./attack.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

const targets = { naive: openNaiveDesk, ours: openDesk };
const host = "gate.example";

async function honest(desk: AccountDesk): Promise<boolean> {
  await desk.askForLink({ email: ADDRESS, host });
  await desk.followLink(await linkTo(desk, ADDRESS), NEW_PASSWORD);
  return opens(desk, NEW_PASSWORD);
}

attack("use one link for a new password 64 times at once", {
  surface: "account",
  ...targets,
  honest,
  async run(desk: AccountDesk) {
    await desk.askForLink({ email: ADDRESS, host });
    const token = await linkTo(desk, ADDRESS);
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, index) => desk.followLink(token, `${NEW_PASSWORD} ${index}`)),
    );
    const gained = answers.filter((answer) => /changed|reset\/done/.test(answer));
    return { succeeded: gained.length !== 1, gained };
  },
});

attack("stay signed in to an account whose owner has got a new password", {
  surface: "account",
  ...targets,
  honest,
  async run(desk: AccountDesk) {
    const thief = desk.gate.browser();
    await thief.signIn();
    await desk.askForLink({ email: ADDRESS, host });
    await desk.followLink(await linkTo(desk, ADDRESS), NEW_PASSWORD);
    const { data } = await thief.current();
    return { succeeded: data?.signedIn === true };
  },
});
