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

const targets = { naive: openNaiveDesk, ours: openDesk };
const host = "gate.example";

attack("find out from the registration form whose address has an account", {
  surface: "account",
  ...targets,
  async run(desk: AccountDesk) {
    const gained = [
      await desk.register({ ...newcomer, email: ADDRESS }),
      await desk.register({ ...newcomer, username: "bobby" }),
    ];
    return { succeeded: gained[0] !== gained[1], gained };
  },
  async honest(desk) {
    await desk.register(newcomer);
    await vi.waitFor(() => {
      if (desk.mails()[0]?.to !== newcomer.email) throw new Error("no mail yet");
    });
    return true;
  },
});

attack("find out from the form for a new password whose address has an account", {
  surface: "account",
  ...targets,
  async run(desk: AccountDesk) {
    const gained = [
      await desk.askForLink({ email: ADDRESS, host }),
      await desk.askForLink({ email: "nobody@example.com", host }),
    ];
    return { succeeded: gained[0] !== gained[1], gained };
  },
  async honest(desk) {
    await desk.askForLink({ email: ADDRESS, host });
    await desk.followLink(await linkTo(desk, ADDRESS), NEW_PASSWORD);
    return opens(desk, NEW_PASSWORD);
  },
});
