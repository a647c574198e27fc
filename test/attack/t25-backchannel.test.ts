import { vi } from "vitest";
import { openNaiveBackchannelDesk } from "../support/naive/backchannel-desk.ts";
import { attack } from "./attack.ts";
import { allows, openBackchannelDesk } from "./backchannel-desk.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

/** More than anybody reads. */
const ASKED = 30;

attack("wear the victim down with requests until one is allowed", {
  surface: "ciba",
  naive: openNaiveBackchannelDesk,
  ours: openBackchannelDesk,
  refusal: { status: 403, error: "access_denied", waiting: 5 },
  honest: allows,
  async run(desk) {
    const asked = [];
    for (let count = 0; count < ASKED; count += 1) asked.push(await desk.ask());
    const { status, error } = asked.at(-1) ?? {};
    const waiting = (await desk.waiting()).length;
    return { succeeded: waiting === ASKED, gained: waiting, refusal: { status, error, waiting } };
  },
});
