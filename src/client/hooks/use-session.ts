"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "./context.ts";

/**
 * Who is signed in at this browser, as the server says. Asked again when the window gets the focus back, so a sign-out in
 * another tab is noticed.
 *
 * @returns the query: `data.signedIn` tells whether the other members are there; times are `Date`s.
 */
export function useSession() {
  const trpc = useTRPC();
  return useQuery(trpc.session.current.queryOptions(undefined, { refetchOnWindowFocus: "always" }));
}
