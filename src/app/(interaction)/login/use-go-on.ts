"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";

/** Gives what leads on from a sign-in, which is then no page to come back to. The path is of `nextPath`. */
export function useGoOn(): (next: string) => void {
  const router = useRouter();
  return (next) => (isPage(next) ? router.replace(next as Route) : location.replace(next));
}

/** What is no page the router must not fetch: it may do something, once, and lead out of this site. */
function isPage(path: string): boolean {
  return !path.startsWith("/oauth/");
}
