import type { Session } from "../../session/records.ts";
import type { SessionClient } from "../../session/session-client-store.ts";
import type { JudgedRequest } from "./judge-request.ts";

/** What happens to a logout request that nothing is wrong with. */
export type NextMove = "sign out" | "ask" | "nothing to end";

/**
 * Decides whether somebody has to be asked. Nobody is when the ID token is of the session at this browser: the application may end what it
 * began. Whoever has no such token, or one of another person or session, can only ask the person to decide.
 *
 * @param session who is signed in at this browser.
 * @param clients who knows of that session.
 * @see OpenID Connect RP-Initiated Logout 1.0, sections 2 and 6
 */
export function nextMove(
  { hint }: Pick<JudgedRequest, "hint">,
  session: Pick<Session, "idHash" | "subject"> | undefined,
  clients: readonly SessionClient[],
): NextMove {
  if (!session) return "nothing to end";
  if (!hint) return "ask";
  const own = clients.filter(({ clientId }) => isClient(clientId, hint));
  const isOwn = own.some(({ sid, subject }) =>
    hint.sid === undefined
      ? hint.subject === session.subject
      : hint.sid === sid && subject === session.subject,
  );
  return isOwn ? "sign out" : "ask";
}

function isClient(
  clientId: string,
  { client, clientId: named }: NonNullable<JudgedRequest["hint"]>,
): boolean {
  return clientId === named || clientId === String(client.clientId);
}
