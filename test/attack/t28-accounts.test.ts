import { vi } from "vitest";
import { openNaiveDesk } from "../support/naive/account-desk.ts";
import { type AccountDesk, newcomer, openDesk } from "./account-desk.ts";
import { attack } from "./attack.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

/** Names that look like another one, or write over what stands around them. */
const names: [title: string, form: Partial<typeof newcomer>][] = [
  ["a user name with a character of no width", { username: "al\u200bice" }],
  ["a user name that is turned around", { username: "\u202eecila" }],
  ["a user name with a line break", { username: "alice\nadmin" }],
  ["a user name with a null character", { username: "alice\u0000" }],
  ["the victim's user name in wide letters", { username: "ａｌｉｃｅ" }],
  ["a name that turns around what follows it", { name: "Bob \u202e" }],
  ["a name with a control character", { name: "Bob\u001b[2J" }],
  ["a name that goes on and on", { name: "Bob ".repeat(500) }],
  ["an address with a letter of another alphabet", { email: "demо@example.com" }],
];

for (const [title, form] of names) {
  attack(`register ${title}`, {
    surface: "account",
    naive: openNaiveDesk,
    ours: openDesk,
    async run(desk: AccountDesk) {
      const gained = await desk.register({ ...newcomer, ...form });
      return { succeeded: /sent|Look into your mail/.test(gained), gained };
    },
    async honest(desk) {
      return /sent/.test(await desk.register({ ...newcomer, name: "ボブ 👩‍🚀 O'Neil-Müller" }));
    },
  });
}
