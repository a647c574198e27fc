import { RateLimiterMemory } from "rate-limiter-flexible";
import { hashOf } from "../secret/hash.ts";
import { consumePoint } from "./consume-point.ts";
import { normaliseUsername } from "./username.ts";

/** One try to sign in. `address` is who calls, where that is known. */
export type Attempt = { username: string; address?: string | undefined };

/** Counts tries to sign in: calls, not requests (threat T9). */
export interface AttemptLimit {
  /**
   * Counts one try.
   *
   * @returns 0 when it may go on; else how many seconds to wait, and nothing may be tried.
   */
  consume(attempt: Attempt): Promise<number>;
  /** Forgets the tries of a user name: its password was right. Those of an address stay. */
  clear(username: string): Promise<void>;
}

/**
 * Counts in the memory of this process. There is no limit for everybody together: with one, whoever uses it up would lock everybody out.
 *
 * @param options.perUsername tries of one user name in a window.
 * @param options.perAddress tries from one address in a window. Who is over that limit uses up no user name's tries.
 * @param options.windowSeconds a minute when absent.
 */
export function createAttemptLimit(options: {
  perUsername: number;
  perAddress: number;
  windowSeconds?: number;
}): AttemptLimit {
  const { windowSeconds: duration = 60 } = options;
  const perUsername = new RateLimiterMemory({ points: options.perUsername, duration });
  const perAddress = new RateLimiterMemory({ points: options.perAddress, duration });
  return {
    async consume({ username, address }) {
      const wait = address === undefined ? 0 : await consumePoint(perAddress, address);
      return wait > 0 ? wait : consumePoint(perUsername, keyOf(username));
    },
    async clear(username) {
      await perUsername.delete(keyOf(username));
    },
  };
}

/** Two spellings of one user name count together; what can be no user name counts as it is. A hash, so that keys are short. */
function keyOf(username: string): string {
  return hashOf(normaliseUsername(username) ?? username);
}
