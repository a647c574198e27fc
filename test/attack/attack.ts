import { describe, expect, it, onTestFinished } from "vitest";
import type { Surface } from "./threats.ts";

/** What an attacker came to. */
export type Outcome = {
  /** Whether the attacker got what they wanted. */
  succeeded: boolean;
  /** What they got: shown when a test fails. */
  gained?: unknown;
  /** What they were told instead: a code of the catalogue, an OAuth error, a status. */
  refusal?: unknown;
};

type Opened<Target> = Target | Promise<Target>;

/** One attack, and what it is tried on. */
export type Attack<Naive, Ours extends Naive> = {
  surface: Surface;
  /** What the attacker does. It asks the target for nothing that an attacker could not reach, except to look at the result. */
  run: (target: Naive) => Promise<Outcome>;
  /** Opens the target as a hurried team would have built it: under `test/support/naive`. */
  naive: () => Opened<Naive>;
  /** Opens ours. */
  ours: () => Opened<Ours>;
  /** What ours has to say to the attacker; compared with the outcome's `refusal`. Left out where nothing is said. */
  refusal?: unknown;
  /** The allowed twin: what an honest user does with ours. It rejects, or gives false, when that does not work. */
  honest: (target: Ours) => Promise<boolean>;
};

/**
 * Tries one attack on two targets. The naive one has to break, so that the attack is known to be one; ours has to resist; and the honest
 * user has to get through ours. A target that has a `close` is closed after its test.
 *
 * @param title what the attacker wants, and how.
 */
export function attack<Naive, Ours extends Naive>(title: string, tried: Attack<Naive, Ours>): void {
  describe(title, () => {
    it("succeeds on the naive variant", async () => {
      expect(await tried.run(await opened(tried.naive))).toMatchObject({ succeeded: true });
    });

    it("fails on ours", async () => {
      const outcome = await tried.run(await opened(tried.ours));
      expect(outcome).toMatchObject({ succeeded: false });
      expect(outcome.refusal).toEqual(tried.refusal);
    });

    it("and the honest user gets through ours", async () => {
      expect(await tried.honest(await opened(tried.ours))).toBe(true);
    });
  });
}

async function opened<Target>(open: () => Opened<Target>): Promise<Target> {
  const target = await open();
  const { close } = target as { close?: () => unknown };
  if (close) onTestFinished(async () => void (await close()));
  return target;
}
