import type { RequestDocument } from "../../../../src/server/flow/authorization/request-document.ts";
import type { SignedIn } from "../../../../src/server/flow/authorization/signed-in.ts";

/** When the request of these tests was sent: milliseconds since the epoch. */
export const SENT = Date.UTC(2026, 0, 1, 12);

const MINUTE_MS = 60_000;

/** A request that asks for nothing special, to be changed by a test. */
export function request(changes: Partial<RequestDocument> = {}): RequestDocument {
  return {
    ticket: "ticket",
    client: { id: "5001", name: "Example App", assured: true },
    scopes: [{ name: "openid" }, { name: "profile" }],
    dynamicScopes: [],
    idTokenClaims: [],
    userInfoClaims: [],
    namedClaims: [],
    details: [],
    resources: [],
    prompts: [],
    acrs: [],
    acrEssential: false,
    uiLocales: [],
    changesGrant: false,
    silent: false,
    createdAt: SENT,
    ...changes,
  };
}

/** Somebody who signed in ten minutes before the request was sent. */
export function person(changes: Partial<SignedIn> = {}): SignedIn {
  return {
    subject: "usr_alice",
    username: "alice",
    name: "Alice Example",
    authenticatedAt: SENT - 10 * MINUTE_MS,
    methods: ["pwd"],
    sessionHash: "session-1",
    sessionEnd: SENT + 600 * MINUTE_MS,
    ...changes,
  };
}
