import { browserAccessToken } from "../../../src/server/flow/browser-access-token.ts";
import { sessionPorts } from "../../../src/server/flow/session-ports.ts";
import { cookieRules } from "../../../src/server/session/cookie.ts";
import { openTokens, readSession } from "../../../src/server/session/session.ts";
import { type Browser, type Gate, ORIGIN } from "../../support/gate.ts";

/** The name of the session cookie. */
export const SESSION = cookieRules(ORIGIN).session;

/** The access token of who is signed in at a browser, as server code gets it. Waiting moves the clock. */
export async function accessTokenOf(gate: Gate, browser: Browser): Promise<string> {
  const sleep = async (ms: number) => gate.clock.advance(ms);
  return (await browserAccessToken(gate.services, browser.cookies.get(SESSION), { sleep })).reveal();
}

export async function isActive(gate: Gate, token: string): Promise<boolean> {
  return (await gate.server().token.introspect({ token })).action === "OK";
}

/** How many times a gate has asked the engine to refresh. */
export function refreshes(gate: Gate): number {
  return gate
    .callsOf("auth/token")
    .filter(({ request }) => String(request.parameters).includes("refresh_token=")).length;
}

/** What the session of a cookie's value holds sealed. */
export async function tokensOf(gate: Gate, sessionId: string | undefined) {
  const session = await readSession(sessionPorts(gate.services), sessionId);
  const tokens = session && openTokens(gate.services.keyring, session);
  if (!tokens?.refreshToken) throw new Error("no session");
  return { access: tokens.accessToken.reveal(), refresh: tokens.refreshToken.reveal() };
}
