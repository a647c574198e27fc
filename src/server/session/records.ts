/** How somebody was authenticated, in the words of RFC 8176: by a password, by a one-time password, by more than one factor. */
export type AuthenticationMethod = "pwd" | "otp" | "mfa";

/**
 * `pending` -> `authenticated` -> `issuing` -> `done` or `failed`. A sign-in whose password was right and whose second factor is outstanding
 * is in the state `second-factor` before it is `authenticated`. A ticket of a back end or of server code
 * starts as `pending` and is issued from there: they vouch for the subject. Every move is one compare-and-set.
 */
export type TransactionState = "pending" | "second-factor" | "authenticated" | "issuing" | "done" | "failed";

/** A ticket of the engine and what has happened to it. Timestamps are milliseconds since the epoch. */
export type Transaction = {
  /** Hash of the handle that a browser holds, or of the ticket that a back end holds. */
  handleHash: string;
  /** Only tickets of the token endpoint can become tokens (threat T7). */
  kind: "token";
  /** Hash of who may continue: the browser's transaction cookie, a back end's client id, or this server. */
  ownerHash: string;
  state: TransactionState;
  /** The engine's ticket, sealed under the transaction's handle hash. */
  sealedTicket: string;
  /** Who was authenticated in this transaction; absent while pending. */
  subject: string | undefined;
  clientId: string;
  /** How that was done so far. */
  methods: AuthenticationMethod[];
  createdAt: number;
  expiresAt: number;
};

/** A signed-in browser. Timestamps are milliseconds since the epoch. */
export type Session = {
  /** Hash of the cookie's value. */
  idHash: string;
  subject: string;
  clientId: string;
  scopes: string[];
  /** Access and refresh token, sealed under the session's id hash. */
  sealedTokens: string;
  /** Counts refreshes. */
  tokenVersion: number;
  accessTokenExpiresAt: number;
  authenticatedAt: number;
  lastSeenAt: number;
  /** The end whatever the use (absolute timeout). */
  expiresAt: number;
  /** What the sign-in did, step by step, without any secret: JSON for the home page. */
  trip: string;
  /** How the end-user was authenticated. */
  methods: AuthenticationMethod[];
};
