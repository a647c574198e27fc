import type { Secret } from "../secret/secret.ts";
import { readSession } from "../session/session.ts";
import { TicketgateError } from "./error.ts";
import type { FlowPorts } from "./ports.ts";
import { sessionAccessToken } from "./session-access-token.ts";
import { sessionPorts } from "./session-ports.ts";

/**
 * The access token of who is signed in at a browser, refreshed when it is about to end. For server code only: no procedure may
 * call this.
 *
 * @param sessionId value of the session cookie.
 * @param options.sleep waits for so many milliseconds.
 * @throws TicketgateError UNAUTHORIZED when nobody is signed in, the account is gone, or the session cannot be refreshed;
 *   ENGINE_UNAVAILABLE, after which the session is as it was.
 */
export async function browserAccessToken(
  ports: FlowPorts,
  sessionId: string | undefined,
  options: { sleep: (ms: number) => Promise<void> },
): Promise<Secret> {
  const session = await readSession(sessionPorts(ports), sessionId);
  const account = session && (await ports.accounts.find(session.subject));
  if (!account) throw new TicketgateError("UNAUTHORIZED", { detail: "nobody is signed in" });
  return sessionAccessToken(ports, session, options);
}
