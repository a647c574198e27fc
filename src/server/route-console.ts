import { inspect } from "node:util";
import type { Log } from "./log.ts";

/** The methods of a console that write, and how important what they write is. */
const levels = {
  error: "error",
  trace: "warn",
  warn: "warn",
  info: "info",
  log: "info",
  dir: "info",
  debug: "debug",
} as const satisfies Partial<Record<keyof Console, keyof Log>>;

const DEPTH = 3;

/**
 * Sends what is said to a console to the log. Next tells there of every request that it could not answer, with the words of errors as they
 * are: those may quote the request, and would forge lines of the log and steer the terminal that shows it (threat T18).
 *
 * @param target the console of this process; a second call changes nothing but the log.
 */
export function routeConsole(target: Console, log: Log): void {
  for (const [method, level] of Object.entries(levels) as [keyof typeof levels, keyof Log][]) {
    target[method] = (...said: unknown[]) => log[level]("console", { said: said.map(told) });
  }
}

/** Texts, errors and numbers the log knows how to write. */
function told(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Error) return value;
  return inspect(value, { depth: DEPTH, breakLength: Number.POSITIVE_INFINITY });
}
