"use client";

import { openTokens } from "../../../src/server/session/session.ts";

/** The hook of a team that opens the session where it shows it. */
export const useSessionBadge = (...session: Parameters<typeof openTokens>) =>
  openTokens(...session)
    ?.accessToken.reveal()
    .slice(-4);
