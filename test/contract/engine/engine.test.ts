import { afterAll, describe, expect, it } from "vitest";
import { type OperationName, operations } from "../../../src/server/authlete/operations.ts";
import { describeLookUps } from "./look-ups.ts";
import { describePasswordGrant } from "./password-grant.ts";
import { describeProperties } from "./properties.ts";
import { type OpenEngine, openInProcess, openOverHttp } from "./served-engine.ts";
import { describeTokens } from "./tokens.ts";

/** The two ways to reach an engine. Whatever is true of one has to be true of the other. */
const ways: [string, OpenEngine][] = [
  ["in process", openInProcess],
  ["over HTTP", openOverHttp],
];

describe.each(ways)("the engine %s", (_way, open) => {
  const called = new Set<string>();
  const observing: OpenEngine = async (options) => {
    const engine = await open(options);
    const names = Object.keys(operations) as OperationName[];
    const calls = names.map((name) => [
      name,
      (request: never) => {
        called.add(name);
        return engine.authlete[name](request);
      },
    ]);
    return { ...engine, authlete: Object.fromEntries(calls) };
  };

  describePasswordGrant(observing);
  describeTokens(observing);
  describeLookUps(observing);
  describeProperties(observing);

  afterAll(() => {
    expect([...called].toSorted(), "every row of the table is called").toEqual(
      Object.keys(operations).toSorted(),
    );
  });
});

describe("an engine whose store is broken", () => {
  it.each(ways)("is unavailable %s, and says that the outcome is unknown", async (_way, open) => {
    const engine = await open();
    await engine.store.close();
    for (const name of Object.keys(operations) as OperationName[]) {
      const request = { ticket: "t", subject: "s", token: "t", parameters: "token=t", clientId: "1" };
      const call = engine.authlete[name] as (request: Record<string, unknown>) => Promise<unknown>;
      await expect(call(request), name).rejects.toMatchObject({
        code: "EngineUnavailable",
        outcomeUnknown: true,
      });
    }
    await engine.close();
  });
});
