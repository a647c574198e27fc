import { vi } from "vitest";
import { openNaiveBackchannelDesk } from "../support/naive/backchannel-desk.ts";
import { attack } from "./attack.ts";
import { allows, openBackchannelDesk } from "./backchannel-desk.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

for (const [title, message] of [
  ["reads from right to left", "Pay \u202e00.1\u202c"],
  ["breaks the line", "Pay 1.00\nApproved by your bank"],
  ["holds a control character", "Pay 1.00\u0007"],
  ["goes on and on", "Pay 1.00 ".repeat(50)],
] as const) {
  attack(`show the victim a message that ${title}`, {
    surface: "ciba",
    naive: openNaiveBackchannelDesk,
    ours: openBackchannelDesk,
    refusal: { status: 400, error: "invalid_binding_message", waiting: 0 },
    honest: allows,
    async run(desk) {
      const { status, error } = await desk.ask({ binding_message: message });
      const waiting = await desk.waiting();
      const gained = waiting.map((request) => request.message);
      return {
        succeeded: gained.includes(message),
        gained,
        refusal: { status, error, waiting: waiting.length },
      };
    },
  });
}
