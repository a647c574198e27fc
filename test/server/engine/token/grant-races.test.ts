import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestEngine } from "../../../support/engine.ts";
import {
  ask,
  freshAuthReqId,
  freshCode,
  freshDeviceCode,
  grantOf,
  isAlive,
  openGrantEngine,
  redeem,
} from "../../../support/grants.ts";

let folder: string;
let engines: TestEngine[];
let first: TestEngine;

/** Two stores on one file, as two processes would have them. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "grant-race-"));
  const file = join(folder, "state.sqlite");
  first = await openGrantEngine({ file });
  engines = [first, await openGrantEngine({ file })];
});
afterEach(async () => {
  for (const { close } of engines) await close();
  rmSync(folder, { recursive: true });
});

const issuedByAll = () => engines.reduce((sum, { issued }) => sum + issued(), 0);

/** Sends one request many times at once to both engines; gives the answers, the one that yields tokens first. */
async function compete(request: (test: TestEngine) => Promise<{ action: string; resultCode?: string }>) {
  const calls = Array.from({ length: 64 }, (_, call) =>
    request(engines[call % engines.length] as TestEngine),
  );
  const answers = await Promise.all(calls);
  const [winner, ...others] = answers.toSorted(({ action }) => (action === "OK" ? -1 : 1));
  return { winner, losers: new Set(others.map(({ resultCode }) => resultCode)) };
}

describe("of 64 requests at once", () => {
  it("one gets the tokens of an authorization code, and loses them: a code in two hands is worth nothing", async () => {
    const code = await freshCode(first);
    const { winner, losers } = await compete((test) => redeem(test, code));
    expect(winner?.action).toBe("OK");
    expect(losers).toEqual(new Set(["A050305"]));
    expect(issuedByAll()).toBe(1);
    expect(await isAlive(first, (winner as unknown as { accessToken: string }).accessToken)).toBe(false);
  });

  it("one gets the tokens of an authorization code and keeps them, if the others could not have had them", async () => {
    const code = await freshCode(first);
    const wrong = { parameters: { redirect_uri: "https://other.example/" } };
    let call = 0;
    const { winner } = await compete((test) => {
      call += 1;
      return redeem(test, code, call === 32 ? {} : wrong);
    });
    expect(winner?.action).toBe("OK");
    expect(issuedByAll()).toBe(1);
    expect(await isAlive(first, (winner as unknown as { accessToken: string }).accessToken)).toBe(true);
  });

  const decided = () => ({ result: "AUTHORIZED" as const, grant: grantOf() });

  it("one gets the tokens of a device code", async () => {
    const device_code = await freshDeviceCode(first, decided());
    const grant_type = "urn:ietf:params:oauth:grant-type:device_code";
    const { winner, losers } = await compete((test) => ask(test, { grant_type, device_code }));
    expect(winner?.action).toBe("OK");
    expect([...losers].every((code) => code === "A242304" || code === "A242309")).toBe(true);
    expect(issuedByAll()).toBe(1);
    expect(await isAlive(first, (winner as unknown as { accessToken: string }).accessToken)).toBe(true);
  });

  it("one gets the tokens of an auth_req_id", async () => {
    const auth_req_id = await freshAuthReqId(first, decided());
    const grant_type = "urn:openid:params:grant-type:ciba";
    const { winner, losers } = await compete((test) => ask(test, { grant_type, auth_req_id }));
    expect(winner?.action).toBe("OK");
    expect([...losers].every((code) => code === "A200304" || code === "A200310")).toBe(true);
    expect(issuedByAll()).toBe(1);
  });

  it("one poll for an open decision is in time, and the others are counted", async () => {
    const device_code = await freshDeviceCode(first, undefined);
    const grant_type = "urn:ietf:params:oauth:grant-type:device_code";
    const calls = Array.from({ length: 8 }, () => ask(first, { grant_type, device_code }));
    const codes = (await Promise.all(calls)).map(({ resultCode }) => resultCode).toSorted();
    expect(codes).toEqual(["A242307", ...Array.from({ length: 7 }, () => "A901302")]);
  });
});
