import { vi } from "vitest";
import { openNaiveDeviceDesk } from "../support/naive/device-desk.ts";
import { attack } from "./attack.ts";
import { letsIn, openDeviceDesk } from "./device-desk.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

attack("have a device let in by somebody else than who entered its code", {
  surface: "device",
  naive: openNaiveDeviceDesk,
  ours: openDeviceDesk,
  refusal: "/device/done",
  honest: letsIn,
  async run(desk) {
    const { userCode, deviceCode } = await desk.begin();
    const browser = await desk.gate.person();
    const form = await desk.form(browser, (await desk.enter(browser, userCode)) ?? "", "allow");
    await desk.gate.addPerson("bob");
    await browser.signIn("bob");
    const refusal = await desk.decide(browser, form);
    const gained = await desk.poll(deviceCode);
    return { succeeded: gained !== undefined, gained, refusal };
  },
});
