import { vi } from "vitest";
import { openNaiveDesk } from "../support/naive/account-desk.ts";
import { type AccountDesk, change, openDesk, opens } from "./account-desk.ts";
import { attack } from "./attack.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

for (const [title, forged] of [
  ["no token", ""],
  ["a token that was made up", "x".repeat(43)],
] as const) {
  attack(`change the victim's password by a form of another site with ${title}`, {
    surface: "account",
    naive: openNaiveDesk,
    ours: openDesk,
    refusal: true,
    async run(desk: AccountDesk) {
      const victim = desk.gate.browser();
      await victim.signIn();
      const answer = await desk.changePassword(victim, change, forged);
      const refusal = /expired/.test(answer) && (await opens(desk, change.current));
      return { succeeded: answer === "changed", gained: answer, refusal };
    },
    async honest(desk) {
      const person = desk.gate.browser();
      await person.signIn();
      await desk.changePassword(person, change);
      return opens(desk, change.password);
    },
  });
}
