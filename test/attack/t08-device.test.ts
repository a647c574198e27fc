import { vi } from "vitest";
import { createFormToken } from "../../src/server/session/form-token.ts";
import { freshValue } from "../support/gate.ts";
import { openNaiveDeviceDesk } from "../support/naive/device-desk.ts";
import { attack } from "./attack.ts";
import { type DeviceDesk, letsIn, openDeviceDesk } from "./device-desk.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

const forged: [title: string, token: (desk: DeviceDesk) => string][] = [
  ["no token", () => ""],
  ["a token of the attacker's browser", ({ gate }) => createFormToken(gate.services, "device", freshValue())],
];

for (const [title, token] of forged) {
  attack(`let a device in that the victim has entered the code of, by a form with ${title}`, {
    surface: "device",
    naive: openNaiveDeviceDesk,
    ours: openDeviceDesk,
    refusal: "FORM_EXPIRED",
    honest: letsIn,
    async run(desk) {
      const { userCode, deviceCode } = await desk.begin();
      const victim = await desk.gate.person();
      const request = (await desk.enter(victim, userCode)) ?? "";
      const form = await desk.form(victim, request, "allow");
      const said = String(await desk.decide(victim, { ...form, formToken: token(desk) }));
      const gained = await desk.poll(deviceCode);
      return { succeeded: gained !== undefined, gained, refusal: /FORM_EXPIRED/.exec(said)?.[0] };
    },
  });
}
