import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestEngine } from "../../../support/engine.ts";
import { freshCodes, openDeviceEngine, storedGrant } from "./device-flow.ts";

let folder: string;
let engines: [TestEngine, TestEngine];

/** Two stores on one file, as two processes would have them. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "device-race-"));
  const file = join(folder, "state.sqlite");
  engines = [await openDeviceEngine({ file }), await openDeviceEngine({ file })];
});
afterEach(async () => {
  for (const { close } of engines) await close();
  rmSync(folder, { recursive: true });
});

const engineOf = (call: number) => engines[call % 2 === 0 ? 0 : 1].engine;

describe("64 decisions about one user code", () => {
  it("have one winner, whose decision is the one that is kept", async () => {
    const { deviceCode, userCode } = await freshCodes(engines[0]);
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, call) =>
        engineOf(call)["device/complete"]({ userCode, result: "AUTHORIZED", subject: `user-${call}` }),
      ),
    );
    const winners = answers.flatMap(({ action }, call) => (action === "SUCCESS" ? [call] : []));
    expect(winners).toHaveLength(1);
    const losers = answers.filter(({ action }) => action !== "SUCCESS");
    expect(new Set(losers.map(({ resultCode }) => resultCode))).toEqual(new Set(["A239203"]));
    expect((await storedGrant(engines[0], deviceCode)).document.outcome).toMatchObject({
      grant: { subject: `user-${winners[0]}` },
    });
  });

  it("count even while the device polls", async () => {
    const { deviceCode, userCode } = await freshCodes(engines[0]);
    const poll = async () => {
      const stored = await storedGrant(engines[1], deviceCode);
      const document = { ...stored.document, nextPollAt: stored.document.nextPollAt + 1 };
      await engines[1].store.engine.write((writer) => writer.updateArtifact({ ...stored, document }));
    };
    const decision = engineOf(0)["device/complete"]({ userCode, result: "ACCESS_DENIED" });
    await Promise.all([decision, ...Array.from({ length: 64 }, poll)]);
    expect(await decision).toMatchObject({ action: "SUCCESS" });
    expect((await storedGrant(engines[0], deviceCode)).document.outcome).toEqual({ result: "ACCESS_DENIED" });
  });
});
