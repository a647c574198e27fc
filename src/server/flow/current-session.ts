import { readSession, sessionEnd } from "../session/session.ts";
import { readTrip, type TripStep } from "../session/trip.ts";
import type { FlowPorts } from "./ports.ts";
import { sessionPorts } from "./session-ports.ts";

/** Who is signed in at a browser, as that browser may know it. */
export type CurrentSession =
  | { signedIn: false }
  | {
      signedIn: true;
      subject: string;
      username: string;
      name: string;
      clientId: string;
      scopes: string[];
      /** End of the access token. The server refreshes it when it needs it. */
      expiresAt: Date;
      /** End of the session if nobody uses it. */
      sessionExpiresAt: Date;
      trip: TripStep[];
    };

/** Reads the session of a cookie's value; a value that opens nothing, or an account that is gone, is nobody. */
export async function currentSession(
  ports: FlowPorts,
  sessionId: string | undefined,
): Promise<CurrentSession> {
  const session = await readSession(sessionPorts(ports), sessionId);
  const account = session && (await ports.accounts.find(session.subject));
  if (!account) return { signedIn: false };
  return {
    signedIn: true,
    subject: session.subject,
    username: account.username,
    name: account.name,
    clientId: session.clientId,
    scopes: session.scopes,
    expiresAt: new Date(session.accessTokenExpiresAt),
    sessionExpiresAt: new Date(sessionEnd(sessionPorts(ports), session)),
    trip: readTrip(session.trip),
  };
}
