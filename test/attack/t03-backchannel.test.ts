import { vi } from "vitest";
import { openNaiveBackchannelDesk } from "../support/naive/backchannel-desk.ts";
import { attack } from "./attack.ts";
import { allows, formOn, openBackchannelDesk } from "./backchannel-desk.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

attack("decide in the victim's place what an application asked of the victim", {
  surface: "ciba",
  naive: openNaiveBackchannelDesk,
  ours: openBackchannelDesk,
  refusal: { said: "/ciba?notice=gone", waiting: 1 },
  honest: allows,
  async run(desk) {
    const { authReqId } = await desk.ask();
    const [request] = await desk.waiting();
    const mallory = desk.gate.visitor();
    await desk.gate.addPerson("mallory");
    await mallory.signIn("mallory");
    const said = await desk.decide(mallory, formOn(desk, mallory, request?.id ?? ""));
    const gained = await desk.poll(authReqId);
    const refusal = { said, waiting: (await desk.waiting()).length };
    return { succeeded: gained !== undefined, gained, refusal };
  },
});
