import { EngineUnavailable } from "../error.ts";
import type { Exchange } from "./exchange.ts";

/** How often a repeatable call is sent at most. */
export const MOST_TRIES = 3;

const FIRST_BACKOFF_MS = 100;

/** Too many requests, a fault of the engine, or no answer: it may be better in a moment. */
export function isWorthRepeating(outcome: Exchange | EngineUnavailable): boolean {
  return outcome instanceof EngineUnavailable || outcome.status === 429 || outcome.status >= 500;
}

/**
 * How long to wait before the next try, in milliseconds: doubling, and spread.
 *
 * @param tries how many there were.
 * @param random from 0 up to 1.
 */
export function backoffMs(tries: number, random: number): number {
  return FIRST_BACKOFF_MS * 2 ** (tries - 1) * (0.5 + random);
}

const waitHeaders = ["ratelimit-reset", "x-ratelimit-reset", "retry-after"];

/** How long the engine asks to be left alone, in milliseconds; 0 when it does not say. */
export function announcedWaitMs(outcome: Exchange | EngineUnavailable): number {
  if (outcome instanceof EngineUnavailable) return 0;
  const seconds = waitHeaders.map((name) => Number(outcome.headers.get(name))).find((value) => value > 0);
  return (seconds ?? 0) * 1000;
}
