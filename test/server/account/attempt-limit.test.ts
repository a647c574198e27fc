import { expect, it } from "vitest";
import { createAttemptLimit } from "../../../src/server/account/attempt-limit.ts";

it("says how many seconds to wait, for the user name and for the address", async () => {
  const attempts = createAttemptLimit({ perUsername: 1, perAddress: 2 });
  const attempt = (username: string) => attempts.consume({ username, address: "203.0.113.7" });
  expect(await attempt("a")).toBe(0);
  const seconds = await attempt("a");
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(Number.isInteger(seconds)).toBe(true);
  expect(await attempt("b")).toBeGreaterThan(0);
});

it("takes a user name of any length and with any characters", async () => {
  const attempts = createAttemptLimit({ perUsername: 1, perAddress: 2 });
  for (const username of ["", "\u0000", "__proto__", "a".repeat(65_536), "\ud800"]) {
    expect(await attempts.consume({ username })).toBe(0);
    expect(await attempts.consume({ username })).toBeGreaterThan(0);
    await attempts.clear(username);
    expect(await attempts.consume({ username })).toBe(0);
  }
});
