"use client";

import { createAuthleteClient } from "../../../src/server/authlete/http-client.ts";
import { processEnvironment } from "../../../src/server/config.ts";
import { createKeyring } from "../../../src/server/secret/keyring.ts";
import { openTokens } from "../../../src/server/session/session.ts";

/** The page asks the engine itself: that saves a round trip. */
export const engine = () =>
  createAuthleteClient({
    baseUrl: process.env.NEXT_PUBLIC_AUTHLETE_BASE_URL ?? "",
    serviceId: "1",
    token: process.env.NEXT_PUBLIC_AUTHLETE_API_TOKEN ?? "",
    timeoutMs: 5_000,
    fetch: (url, options) => fetch(url, options as RequestInit) as never,
  });

/** And opens the session where it is shown. */
export const openSession = (session: Parameters<typeof openTokens>[1]) => {
  const [key = ""] = processEnvironment().TICKETGATE_SEALING_KEYS?.split(",") ?? [];
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  return openTokens(createKeyring([key], { purpose: "session", random }), session);
};
