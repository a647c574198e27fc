import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { anyText } from "../../../support/any-text.ts";
import type { TestEngine } from "../../../support/engine.ts";
import { device, freshCodes, openDeviceEngine, yes } from "./device-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openDeviceEngine();
});
afterEach(() => test.close());

const verify = (userCode: unknown) => test.engine["device/verification"]({ userCode } as never);

describe("device verification", () => {
  it("tells what a user code stands for, any number of times", async () => {
    await test.setService({ attributes: [{ key: "s", value: "1" }] });
    await test.setService({
      supportedScopes: [
        { name: "profile", description: "Your name", attributes: [{ key: "a", value: "b" }] },
      ],
    });
    await test.setClient(device.id, { attributes: [{ key: "c", value: "2" }], clientIdAlias: "tv" });
    const parameters = { scope: "profile", acr_values: "low", resource: "https://api.example" };
    const { userCode } = await freshCodes(test, parameters);
    const expected = {
      resultCode: "A224001",
      resultMessage: expect.stringMatching(/^\[A224001\] /),
      action: "VALID",
      clientId: 3000,
      clientIdAlias: "tv",
      clientIdAliasUsed: false,
      clientName: "Player",
      scopes: [{ name: "profile", defaultEntry: false, attributes: [{ key: "a", value: "b" }] }],
      acrs: ["low"],
      resources: ["https://api.example"],
      serviceAttributes: [{ key: "s", value: "1" }],
      clientAttributes: [{ key: "c", value: "2" }],
      expiresAt: test.clock() + 600_000,
    };
    expect(await verify(userCode)).toEqual(expected);
    expect(await verify(userCode)).toEqual(expected);
  });

  it("compares to the letter", async () => {
    const { userCode } = await freshCodes(test);
    const dashed = `${userCode.slice(0, 4)}-${userCode.slice(4)}`;
    for (const other of [userCode.toLowerCase(), dashed, `${userCode}\n`, ` ${userCode}`]) {
      expect(await verify(other)).toMatchObject({ action: "NOT_EXIST", resultCode: "A225301" });
    }
    expect(await verify(userCode)).toMatchObject({ action: "VALID" });
  });

  it("knows expired codes from unknown ones, to the millisecond", async () => {
    const { userCode } = await freshCodes(test);
    test.clock.advance(600_000 - 1);
    expect(await verify(userCode)).toMatchObject({ action: "VALID" });
    test.clock.advance(1);
    expect(await verify(userCode)).toMatchObject({ action: "EXPIRED", resultCode: "A225303" });
  });

  it("knows no code that was decided upon", async () => {
    const { userCode } = await freshCodes(test);
    await test.engine["device/complete"]({ userCode, ...yes });
    expect(await verify(userCode)).toMatchObject({ action: "NOT_EXIST", resultCode: "A225301" });
  });

  it("knows no code of a client that is locked or gone", async () => {
    const { userCode } = await freshCodes(test);
    await test.setClient(device.id, { locked: true });
    expect(await verify(userCode)).toMatchObject({ action: "NOT_EXIST" });
    await test.setClient(device.id, { locked: false });
    expect(await verify(userCode)).toMatchObject({ action: "VALID" });
  });

  it("does not take a device code for a user code", async () => {
    const { deviceCode } = await freshCodes(test);
    expect(await verify(deviceCode)).toMatchObject({ action: "NOT_EXIST" });
  });

  it.each([[undefined], [null], [""], [5], [{}]])("answers a call without a code: %j", async (userCode) => {
    expect(await verify(userCode)).toMatchObject({ action: "NOT_EXIST", resultCode: "A225201" });
  });

  it("answers any text at all", async () => {
    await fc.assert(
      fc.asyncProperty(anyText(), async (userCode) => {
        const { action } = await verify(userCode);
        expect(action).toBe("NOT_EXIST");
      }),
    );
  });
});
