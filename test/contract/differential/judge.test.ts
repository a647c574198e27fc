import { describe, expect, it } from "vitest";
import type { Verdict } from "./code-flow-server.ts";
import { explaining, firstDifference, tellsAnotherFault, type Verdicts } from "./judge.ts";
import type { KnownDifference } from "./known-differences.ts";
import type { Spoiling } from "./spoilings.ts";
import type { TripStep } from "./trip.ts";

const step = (name: string, verdict: Verdict): TripStep => ({ step: name, verdict });

describe("the first difference of two trips", () => {
  const good = [step("authorization", "accepted"), step("redemption", "accepted")];

  it("is none where all verdicts are the same", () => {
    expect(firstDifference(good, good)).toBeUndefined();
  });

  it("is where one server says something else", () => {
    const other = [step("authorization", "accepted"), step("redemption", "body invalid_grant")];
    expect(firstDifference(good, other)).toEqual({
      step: "redemption",
      engine: "accepted",
      peer: "body invalid_grant",
    });
  });
});

describe("a listed difference", () => {
  const entry: KnownDifference = {
    request: "redemption",
    spoiled: ["a", "b + c"],
    engine: "accepted",
    peer: "body invalid_grant",
    reason: "a reason",
  };
  const difference = { step: "redemption", engine: "accepted", peer: "body invalid_grant" } as const;
  const found = (
    names: string[],
    change: Partial<typeof difference | { step: string; peer: Verdict }> = {},
  ) => explaining([entry], { ...difference, ...change }, names).map(({ spoiled }) => spoiled);

  it("explains the same verdicts on what it names, and on that alone", () => {
    expect(found(["a", "d"])).toEqual(["a"]);
    expect(found(["c", "b"])).toEqual(["b + c"]);
    expect(found(["b"])).toEqual([]);
    expect(found(["a"], { step: "refresh" })).toEqual([]);
    expect(found(["a"], { peer: "body invalid_request" })).toEqual([]);
  });
});

describe("a request with two faults", () => {
  const alone: Record<string, Verdicts> = {
    scope: { engine: "redirect invalid_scope", peer: "redirect invalid_scope" },
    prompt: { engine: "redirect invalid_request", peer: "redirect invalid_request" },
    address: { engine: "page invalid_request", peer: "page invalid_redirect_uri" },
    nothing: { engine: "accepted", peer: "accepted" },
  };
  const told = (names: string[], verdicts: Verdicts) => {
    const spoiled = names.map(
      (name): Spoiling => ({ request: "authorization", name, change: (same) => same }),
    );
    const trip = { party: "web", ending: "refresh", spoiled } as const;
    const verdictsOf = async ({ name }: Spoiling) => alone[name] ?? expect.fail(name);
    return tellsAnotherFault(verdictsOf, trip, { step: "authorization", ...verdicts });
  };

  it("may be told by either", async () => {
    const verdicts = { engine: "redirect invalid_scope", peer: "redirect invalid_request" } as const;
    expect(await told(["scope", "prompt"], verdicts)).toBe(true);
    expect(
      await told(["address", "scope"], { engine: "page invalid_request", peer: "page invalid_scope" }),
    ).toBe(true);
  });

  it.each<[string, string[], Verdicts]>([
    ["accepted", ["scope", "prompt"], { engine: "accepted", peer: "redirect invalid_scope" }],
    [
      "told by a third",
      ["scope", "nothing"],
      { engine: "redirect invalid_request", peer: "redirect invalid_scope" },
    ],
    [
      "told in a redirect to an address that is not the client's",
      ["address", "scope"],
      { engine: "redirect invalid_scope", peer: "page invalid_redirect_uri" },
    ],
    [
      "of one fault told by another",
      ["scope"],
      { engine: "redirect invalid_request", peer: "redirect invalid_scope" },
    ],
  ])("may not be %s", async (_what, names, verdicts) => {
    expect(await told(names, verdicts)).toBe(false);
  });
});
