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
}
