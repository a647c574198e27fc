import type { Route } from "next";

/**
 * Where a sign-in goes on whose password was right.
 *
 * @param next a path of ours, to go on to in the end.
 */
export function secondFactorPath(handle: string, next: string): Route {
  const path = `/second-factor/${handle}`;
  return (next === "/" ? path : `${path}?next=${encodeURIComponent(next)}`) as Route;
}
