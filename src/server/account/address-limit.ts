import { RateLimiterMemory } from "rate-limiter-flexible";
import { consumePoint } from "./consume-point.ts";

/** Counts what anybody may do without saying who they are, by where they call from. */
export interface AddressLimit {
  /**
   * Counts one call.
   *
   * @param address who calls; all whose address is not known count together.
   * @returns 0 when it may go on; else how many seconds to wait.
   */
  consume(address: string | undefined): Promise<number>;
}

/**
 * Counts in the memory of this process.
 *
 * @param options.perAddress calls from one address in a window.
 */
export function createAddressLimit(options: { perAddress: number; windowSeconds: number }): AddressLimit {
  const limiter = new RateLimiterMemory({ points: options.perAddress, duration: options.windowSeconds });
  return { consume: (address) => consumePoint(limiter, address ?? "unknown") };
}
