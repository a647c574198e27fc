import { type RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/**
 * Counts one try of a key.
 *
 * @returns 0 when it may go on; else how many whole seconds to wait, at least 1.
 */
export async function consumePoint(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw refusal;
  }
}
