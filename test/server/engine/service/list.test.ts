import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestEngine, type TestEngine } from "../../../support/engine.ts";
import { expectNothingChanged, expectRefusedCall, wrong } from "../../../support/refused-call.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const list = (range: object) => test.engine["service/get/list"](range);

describe("the list of services", () => {
  it("has the one that there is", async () => {
    const service = await test.engine["service/get"]({});
    expect(await list({})).toEqual({ start: 0, end: 5, totalCount: 1, services: [service] });
    expect(await list({ start: 0, end: 1 })).toMatchObject({ end: 1, services: [service] });
  });

  it("has nothing after it", async () => {
    expect(await list({ start: 1 })).toEqual({ start: 1, end: 6, totalCount: 1, services: [] });
    expect(await list({ start: 3, end: 2 })).toEqual({ start: 3, end: 2, totalCount: 1 });
    expect(await list({ start: 0, end: 0 })).toEqual({ start: 0, end: 0, totalCount: 1 });
  });

  it.each(["start", "end"])("has no place before its beginning: %s", async (member) => {
    await expectRefusedCall(list({ [member]: -1 }), wrong(member));
  });
});

it("the service of the engine cannot be deleted", async () => {
  const refused = { status: 403, resultCode: "A001223" };
  await expectNothingChanged(test, () => test.engine["service/delete"]({} as never), refused);
});
