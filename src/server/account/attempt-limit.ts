import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { normaliseUsername } from "./username.ts";

/** Counts tries to sign in: calls, not requests (threat T9). */
export interface AttemptLimit {
  /** Counts one try; false when there were too many, and then nothing may be tried. */
  consume(username: string): Promise<boolean>;
  /** Forgets the tries of a user name: its password was right. */
  clear(username: string): Promise<void>;
}

const WINDOW_SECONDS = 60;

/**
 * Counts in the memory of this process.
 *
 * @param options.perUsername tries of one user name a minute.
 * @param options.inTotal tries of all user names a minute.
 */
export function createAttemptLimit(options: { perUsername: number; inTotal: number }): AttemptLimit {
  const perUsername = new RateLimiterMemory({ points: options.perUsername, duration: WINDOW_SECONDS });
  const inTotal = new RateLimiterMemory({ points: options.inTotal, duration: WINDOW_SECONDS });
  return {
    async consume(username) {
      return (await isWithin(perUsername, keyOf(username))) && isWithin(inTotal, "all");
    },
    async clear(username) {
      await perUsername.delete(keyOf(username));
    },
  };
}

async function isWithin(limiter: RateLimiterMemory, key: string): Promise<boolean> {
  try {
    await limiter.consume(key);
    return true;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return false;
    throw refusal;
  }
}

/** Two spellings of one user name count together; what can be no user name counts as it is. */
function keyOf(username: string): string {
  return normaliseUsername(username) ?? username;
}
