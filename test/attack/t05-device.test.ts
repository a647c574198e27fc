import { vi } from "vitest";
import { openNaiveDeviceDesk } from "../support/naive/device-desk.ts";
import { attack } from "./attack.ts";
import { letsIn, openDeviceDesk } from "./device-desk.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

attack(
  "have the victim let the attacker's device in by a link past the page where a code is typed (RFC 8628 5.4)",
  {
    surface: "device",
    naive: openNaiveDeviceDesk,
    ours: openDeviceDesk,
    refusal: "/device/done",
    honest: letsIn,
    async run(desk) {
      const { userCode, deviceCode } = await desk.begin();
      const mallory = desk.gate.visitor();
      await desk.gate.addPerson("mallory");
      await mallory.signIn("mallory");
      const link = (await desk.enter(mallory, userCode)) ?? "";
      const victim = await desk.gate.person();
      const refusal = await desk.decide(victim, await desk.form(victim, link, "allow"));
      const gained = await desk.poll(deviceCode);
      return { succeeded: gained !== undefined, gained, refusal };
    },
  },
);
