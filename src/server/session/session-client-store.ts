/** A client that was told who is signed in at a browser. Timestamps are milliseconds since the epoch. */
export type SessionClient = {
  /** The session's `idHash`. */
  sessionHash: string;
  clientId: string;
  subject: string;
  /** The claim `sid` of the client's ID tokens: names the session to this client, and opens nothing. */
  sid: string;
  createdAt: number;
  /** When the session ends whatever the use. */
  expiresAt: number;
};

/**
 * Which clients know of which session: they are who has to hear that it ended.
 *
 * @see OpenID Connect Back-Channel Logout 1.0, section 2.1; Front-Channel Logout 1.0, section 3
 */
export interface SessionClientStore {
  /** Notes a client. Of any number of calls for one session and client the first one counts; all give what it noted. */
  note(entry: SessionClient): Promise<SessionClient>;
  /** The clients that know of a session. */
  list(sessionHash: string): Promise<SessionClient[]>;
  /** Removes the clients of a session and gives them; of concurrent calls each client goes to one. */
  take(sessionHash: string): Promise<SessionClient[]>;
  /** What a `sid` was noted with. */
  findBySid(sid: string): Promise<SessionClient | undefined>;
  /** The same person signed in again at the same browser: clients go from the old session to the new one, and keep their `sid`. */
  carryOver(change: { from: string; to: string; subject: string; expiresAt: number }): Promise<void>;
}
