import type { Session } from "../session/records.ts";
import { endSession, openTokens, type SessionTokens } from "../session/session.ts";
import { tellClients } from "./logout/tell-clients.ts";
import type { FlowPorts } from "./ports.ts";
import { sessionPorts } from "./session-ports.ts";

/**
 * Ends the session of a cookie's value, if there is one, revokes its tokens at the engine, and tells the clients that know of it. The
 * session is gone even when the engine does not answer; that the tokens live on until they expire is then in the log.
 *
 * @returns addresses that the browser has to load in frames, so that clients hear of it there (Front-Channel Logout 1.0).
 * @see RFC 7009
 */
export async function signOut(ports: FlowPorts, sessionId: string | undefined): Promise<string[]> {
  const session = await endSession(sessionPorts(ports), sessionId);
  if (!session) return [];
  ports.log.info("audit.signed_out", { subject: session.subject });
  return endWithSession(ports, session);
}

/**
 * Ends what goes on after a session that is gone: its tokens, and the sessions of the clients that know of it.
 *
 * @returns addresses that its browser has to load in frames, if it is there.
 */
export async function endWithSession(
  ports: FlowPorts,
  session: Pick<Session, "idHash" | "sealedTokens">,
): Promise<string[]> {
  const clients = await ports.sessionClients.take(session.idHash);
  const [frames] = await Promise.all([
    tellClients(ports, clients),
    revokeTokens(ports, openTokens(ports.keyring, session)),
  ]);
  return frames;
}

/**
 * Revokes the tokens of a session that is gone. One revocation ends both: the engine couples a refresh token with its access token. A
 * failure is only logged.
 *
 * @param tokens `undefined` when no key opens them.
 */
export async function revokeTokens(
  { authlete, log, settings }: FlowPorts,
  tokens: SessionTokens | undefined,
): Promise<void> {
  const token = tokens?.refreshToken ?? tokens?.accessToken;
  if (!token) return log.error("sign_out.tokens_not_revoked", { reason: "no key opens them" });
  const parameters = new URLSearchParams({ token: token.reveal() }).toString();
  const { id: clientId, secret: clientSecret } = settings.client;
  try {
    const { action, resultCode } = await authlete["auth/revocation"]({ parameters, clientId, clientSecret });
    if (action !== "OK") log.error("sign_out.tokens_not_revoked", { action, resultCode });
  } catch (error) {
    log.error("sign_out.tokens_not_revoked", { error });
  }
}
