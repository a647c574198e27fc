import { vi } from "vitest";
import { openNaiveBackchannelDesk } from "../support/naive/backchannel-desk.ts";
import { attack } from "./attack.ts";
import { allows, formOn, openBackchannelDesk } from "./backchannel-desk.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

for (const [title, changes] of [
  ["no token", { formToken: "" }],
  ["a token of the attacker's browser", undefined],
] as const) {
  attack(`have the victim's browser allow a request with ${title}`, {
    surface: "ciba",
    naive: openNaiveBackchannelDesk,
    ours: openBackchannelDesk,
    refusal: { said: "/ciba?notice=gone", waiting: 1 },
    honest: allows,
    async run(desk) {
      const { authReqId } = await desk.ask();
      const [{ id } = { id: "" }] = await desk.waiting();
      const victim = await desk.gate.person();
      const form = formOn(desk, desk.gate.visitor(), id);
      const said = await desk.decide(victim, { ...form, ...changes });
      const gained = await desk.poll(authReqId);
      return {
        succeeded: gained !== undefined,
        gained,
        refusal: { said, waiting: (await desk.waiting()).length },
      };
    },
  });
}
