/** An end-user. `subject` is never reassigned to somebody else. */
export type Account = {
  subject: string;
  username: string;
  name: string;
  /** argon2id in PHC form. */
  passwordHash: string;
};

/** Where end-users are found. */
export interface AccountStore {
  /** By user name, compared in the form of `normaliseUsername`. */
  findByUsername(username: string): Promise<Account | undefined>;
  findBySubject(subject: string): Promise<Account | undefined>;
  /** Tells `false`, and writes nothing, when the user name or the subject exists. */
  insert(account: Account): Promise<boolean>;
}
