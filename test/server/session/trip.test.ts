import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTrip, type TripStep, writeTrip } from "../../../src/server/session/trip.ts";

const step: TripStep = {
  from: "trpc",
  to: "engine",
  title: "POST auth/token",
  detail: [{ name: "clientId", value: "1001" }],
  durationMs: 3,
  resultCode: "A051001",
};

describe("the trip of a sign-in", () => {
  it("is read as it was written", () => {
    const { resultCode: _, ...plain } = step;
    expect(readTrip(writeTrip([step, plain]))).toEqual([step, plain]);
  });

  it.each([
    ["no JSON", "trip"],
    ["nothing", ""],
    ["no list", "{}"],
    ["another release's", '[{"from":"browser"}]'],
    ["one with a member that nobody knows", JSON.stringify([{ ...step, ticket: "x" }])],
  ])("is empty when the store holds %s", (_, text) => {
    expect(readTrip(text)).toEqual([]);
  });

  it("is read without a fault, whatever the store holds", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(Array.isArray(readTrip(text))).toBe(true);
      }),
    );
  });
});
