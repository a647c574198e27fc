import type { Route } from "next";

/**
 * The address of the sign-in that leads on to a path.
 *
 * @param next of `nextPath`.
 */
export function loginPath(next: string): Route {
  return (next === "/" ? "/login" : `/login?next=${encodeURIComponent(next)}`) as Route;
}
