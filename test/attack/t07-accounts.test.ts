import { vi } from "vitest";
import { openNaiveDesk } from "../support/naive/account-desk.ts";
import {
  type AccountDesk,
  ADDRESS,
  linkTo,
  NEW_PASSWORD,
  newcomer,
  openDesk,
  opens,
} from "./account-desk.ts";
import { attack } from "./attack.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

attack("get a new password with a link that was mailed for something else", {
  surface: "account",
  naive: openNaiveDesk,
  ours: openDesk,
  refusal: true,
  async run(desk: AccountDesk) {
    await desk.register(newcomer);
    const token = await linkTo(desk, newcomer.email, { page: "register" });
    await desk.confirm(token, newcomer.password);
    const again = { ...newcomer, username: "bobby", email: "bobby@example.com" };
    await desk.register(again);
    const other = await linkTo(desk, again.email, { page: "register" });
    const answers = [await desk.followLink(token, NEW_PASSWORD), await desk.followLink(other, NEW_PASSWORD)];
    const gained = answers.filter((answer) => /changed|reset\/done/.test(answer));
    const refusal = answers.every((answer) => answer.includes("This link is not good any more."));
    return { succeeded: gained.length > 0, gained, refusal };
  },
  async honest(desk) {
    await desk.askForLink({ email: ADDRESS, host: "gate.example" });
    await desk.followLink(await linkTo(desk, ADDRESS), NEW_PASSWORD);
    return opens(desk, NEW_PASSWORD);
  },
});
