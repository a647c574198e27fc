import { vi } from "vitest";
import { openNaiveDesk } from "../support/naive/account-desk.ts";
import { type AccountDesk, ADDRESS, linkTo, NEW_PASSWORD, openDesk, opens } from "./account-desk.ts";
import { attack } from "./attack.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

const targets = { naive: openNaiveDesk, ours: openDesk };

async function honest(desk: AccountDesk): Promise<boolean> {
  await desk.askForLink({ email: ADDRESS, host: "gate.example" });
  await desk.followLink(await linkTo(desk, ADDRESS), NEW_PASSWORD);
  return opens(desk, NEW_PASSWORD);
}

attack("have a link for a new password mailed that leads to a host of the attacker's", {
  surface: "configuration",
  ...targets,
  honest,
  async run(desk: AccountDesk) {
    await desk.askForLink({ email: ADDRESS, host: "evil.example" });
    await linkTo(desk, ADDRESS);
    const gained = desk.mails().filter(({ text }) => text.includes("evil.example"));
    return { succeeded: gained.length > 0, gained };
  },
});

for (const tail of [
  "\r\nBcc: eve@example.com",
  "\nBcc: eve@example.com",
  "\r\n\r\n<a href=//evil.example>",
  ", eve@example.com",
]) {
  attack(`add ${JSON.stringify(tail)} to the head of a mail`, {
    surface: "account",
    naive: openNaiveDesk,
    ours: openDesk,
    honest,
    async run(desk: AccountDesk) {
      const email = tail.startsWith(",") ? `${ADDRESS}\r\n${tail}` : `${ADDRESS}${tail}`;
      await desk.askForLink({ email, host: "gate.example" });
      const gained = desk.mails().filter(({ to }) => to !== ADDRESS);
      return { succeeded: gained.length > 0, gained };
    },
  });
}
