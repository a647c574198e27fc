import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { basic, form, type TestEngine } from "../../../support/engine.ts";
import {
  freshTicket,
  issuedTicket,
  openBackchannelEngine,
  ping,
  poll,
  push,
  storedTicket,
} from "./backchannel-flow.ts";

let folder: string;
let engines: [TestEngine, TestEngine];

/** Two stores on one file, as two processes would have them. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "backchannel-race-"));
  const file = join(folder, "state.sqlite");
  engines = [await openBackchannelEngine({ file }), await openBackchannelEngine({ file })];
});
afterEach(async () => {
  for (const { close } of engines) await close();
  rmSync(folder, { recursive: true });
});

const engineOf = (call: number) => engines[call % 2 === 0 ? 0 : 1].engine;
const all = <Answer>(call: (index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: 64 }, (_, index) => call(index)));

describe("64 at once", () => {
  it("get one auth_req_id for a ticket", async () => {
    const ticket = await freshTicket(engines[0]);
    const answers = await all((call) => engineOf(call)["backchannel/authentication/issue"]({ ticket }));
    expect(answers.filter(({ action }) => action === "OK")).toHaveLength(1);
    const losers = answers.filter(({ action }) => action !== "OK");
    expect(new Set(losers.map(({ resultCode }) => resultCode))).toEqual(new Set(["A181205"]));
  });

  it.each([poll, ping, push])("decide once about a ticket of %j", async (client) => {
    const { ticket } = await issuedTicket(engines[0], { client });
    const answers = await all((call) =>
      engineOf(call)["backchannel/authentication/complete"]({
        ticket,
        result: "AUTHORIZED",
        subject: `user-${call}`,
      }),
    );
    const winners = answers.filter(({ action }) => action !== "SERVER_ERROR");
    expect(winners).toHaveLength(1);
    const losers = answers.filter(({ action }) => action === "SERVER_ERROR");
    expect(new Set(losers.map(({ resultCode }) => resultCode))).toEqual(new Set(["A196203"]));
    const issued = engines.reduce((sum, engine) => sum + engine.issued(), 0);
    expect(issued).toBe(client === push ? 1 : 0);
  });

  it("decide even while the client polls", async () => {
    const { ticket, authReqId } = await issuedTicket(engines[0]);
    const parameters = form({ grant_type: "urn:openid:params:grant-type:ciba", auth_req_id: authReqId });
    const result = "ACCESS_DENIED";
    const decision = engineOf(0)["backchannel/authentication/complete"]({ ticket, result });
    await Promise.all([
      decision,
      all((call) => engineOf(call)["auth/token"]({ parameters, ...basic(poll) })),
    ]);
    expect(await decision).toMatchObject({ action: "NO_ACTION" });
    expect((await storedTicket(engines[0], ticket)).document.outcome).toEqual({ result });
  });

  it("fail and decide: the ticket is over, and tokens are pushed at most once", async () => {
    const { ticket } = await issuedTicket(engines[0], { client: push });
    const fail = (call: number) =>
      engineOf(call)["backchannel/authentication/fail"]({ ticket, reason: "ACCESS_DENIED" });
    const decide = (call: number) =>
      engineOf(call)["backchannel/authentication/complete"]({
        ticket,
        result: "AUTHORIZED",
        subject: "alice",
      });
    const actions = await all<string>(async (call) => (await (call % 2 === 0 ? decide : fail)(call)).action);
    const pushed = actions.filter((action) => action === "NOTIFICATION").length;
    expect(pushed).toBeLessThanOrEqual(1);
    expect(engines.reduce((sum, engine) => sum + engine.issued(), 0)).toBe(pushed);
    expect((await storedTicket(engines[0], ticket)).spentAt).toEqual(expect.any(Number));
  });
});
