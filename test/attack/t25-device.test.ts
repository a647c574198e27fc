import { vi } from "vitest";
import { openNaiveDeviceDesk } from "../support/naive/device-desk.ts";
import { attack } from "./attack.ts";
import { letsIn, openDeviceDesk, TRIES } from "./device-desk.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

/** Codes that nobody has: the engine's have no vowels (RFC 8628 6.1). */
const guesses = Array.from({ length: 3 * TRIES.perUsername }, (_, at) => `AEIO${String(1000 + at)}`);

attack("find the code of somebody's device by trying (RFC 8628 5.1)", {
  surface: "device",
  naive: openNaiveDeviceDesk,
  ours: openDeviceDesk,
  refusal: { looked: TRIES.perUsername },
  honest: letsIn,
  async run(desk) {
    const { userCode } = await desk.begin();
    const mallory = desk.gate.visitor();
    await desk.gate.addPerson("mallory");
    await mallory.signIn("mallory");
    for (const guess of guesses) await desk.enter(mallory, guess);
    const gained = await desk.enter(mallory, userCode);
    const looked = desk.gate.callsOf("device/verification").length;
    return { succeeded: gained !== undefined, gained, refusal: { looked } };
  },
});
