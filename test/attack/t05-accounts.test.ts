import { vi } from "vitest";
import { openNaiveDesk } from "../support/naive/account-desk.ts";
import { type AccountDesk, linkTo, NEW_PASSWORD, newcomer, openDesk } from "./account-desk.ts";
import { attack } from "./attack.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

attack("make an account with the victim's address and one's own password, and have the victim confirm it", {
  surface: "account",
  naive: openNaiveDesk,
  ours: openDesk,
  refusal: 401,
  async run(desk: AccountDesk) {
    await desk.register({ ...newcomer, password: "the password of mallory" });
    const token = await linkTo(desk, newcomer.email, { page: "register" });
    await desk.confirm(token, NEW_PASSWORD);
    const { status } = await desk.gate.browser().login(newcomer.username, "the password of mallory");
    return { succeeded: status === 200, refusal: status };
  },
  async honest(desk) {
    await desk.register(newcomer);
    await desk.confirm(await linkTo(desk, newcomer.email, { page: "register" }), newcomer.password);
    return (await desk.gate.browser().login(newcomer.username, newcomer.password)).status === 200;
  },
});
