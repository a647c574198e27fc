import { expect } from "vitest";
import { summary, type TestEngine } from "../../../support/engine.ts";
import { redeem } from "../../../support/grants.ts";

export const grantError = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_grant" });
export const requestError = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_request" });
export const fault = (code: string) => ({ action: "INTERNAL_SERVER_ERROR", code, error: "server_error" });

export type Call = NonNullable<Parameters<typeof redeem>[2]>;

type Refused = { call: Call; expected: object; right?: Call };

/** Checks that a redemption is refused, that nothing came of it, and that the code is as good as before. */
export async function expectRefused(test: TestEngine, code: string, { call, expected, right = {} }: Refused) {
  const before = [test.issued(), test.artifacts()];
  expect(summary(await redeem(test, code, call))).toEqual(expected);
  expect([test.issued(), test.artifacts()]).toEqual(before);
  expect((await redeem(test, code, right)).action).toBe("OK");
}
