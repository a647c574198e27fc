import type { ProfileClaims } from "./claims.ts";

/** An end-user. `subject` is never reassigned to somebody else. Timestamps are milliseconds since the epoch. */
export type Account = {
  subject: string;
  username: string;
  name: string;
  /** argon2id in PHC form. */
  passwordHash: string;
  /** As mail is sent to it. */
  email: string | undefined;
  /** Whether the end-user was seen to receive mail there. */
  emailVerified: boolean;
  /** The other standard claims. */
  claims: ProfileClaims;
  /** When something that a claim says changed last; 0 when that is not known. */
  updatedAt: number;
  /** When the password changed last; 0 when it never did. */
  credentialsChangedAt: number;
};

/** Where end-users are found. */
export interface AccountStore {
  /** By user name, compared in the form of `normaliseUsername`. */
  findByUsername(username: string): Promise<Account | undefined>;
  findBySubject(subject: string): Promise<Account | undefined>;
  /** By e-mail address, compared in the form of `emailKey`. */
  findByEmail(email: string): Promise<Account | undefined>;
  /** Tells `false`, and writes nothing, when the user name, the e-mail address or the subject exists. */
  insert(account: Account): Promise<boolean>;
  /**
   * Gives an account another password, if it still has the one that `change.from` is the hash of, and ends what the old one began: every
   * session of the subject, and every link that was mailed for a new password, in one step.
   *
   * @param change.at milliseconds since the epoch.
   * @returns the sessions that ended; `undefined`, with nothing written, when the account has another password by now.
   */
  changePassword(change: {
    subject: string;
    from: string;
    to: string;
    at: number;
  }): Promise<EndedSession[] | undefined>;
  /** Moves `credentialsChangedAt` on to `at`, never back. */
  noteCredentialsChange(subject: string, at: number): Promise<void>;
  /** Notes that mail to an address arrives. Tells `false` when the account has another address, or none. */
  verifyEmail(subject: string, email: string, at: number): Promise<boolean>;
}

/** A session that is gone: what is needed to revoke its tokens and to tell others. */
export type EndedSession = { idHash: string; sealedTokens: string };

/** What a mailed link is good for. One of one kind is worth nothing for another. */
export type AccountTokenPurpose = "register" | "verify-email" | "reset-password";

/** A link that was mailed. The value in it is stored as a hash only. Timestamps are milliseconds since the epoch. */
export type AccountToken = {
  tokenHash: string;
  purpose: AccountTokenPurpose;
  /** Whose it is; absent where there is no account, or not yet. */
  subject: string | undefined;
  /** Where it was mailed to. */
  email: string;
  /** What is to be remembered with it, sealed under the hash. */
  sealed: string | undefined;
  createdAt: number;
  expiresAt: number;
};

/** The links that were mailed. */
export interface AccountTokenStore {
  insert(token: AccountToken): Promise<void>;
  /** A link that is good at `now`, without using it. */
  find(key: AccountTokenKey): Promise<AccountToken | undefined>;
  /** Uses a link that is good at `now`: of any number of concurrent calls exactly one gets it. */
  consume(key: AccountTokenKey): Promise<AccountToken | undefined>;
}

export type AccountTokenKey = { tokenHash: string; purpose: AccountTokenPurpose; now: number };
