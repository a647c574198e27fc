import type { StandardClaims } from "./claims.ts";
import type { Account } from "./ports.ts";

declare const verified: unique symbol;

/**
 * A subject whose credentials were verified a moment ago. Only `AccountDirectory.verifyPassword` makes one, so what needs
 * an authenticated user cannot be called with a name that somebody merely sent (threat T1).
 */
export type VerifiedSubject = string & { readonly [verified]: true };

/** Who the end-users are, and how they prove it. The port behind which a product puts its own user table. */
export interface AccountDirectory {
  /**
   * Verifies a password. An unknown user costs the same work as a wrong password, and both give `undefined`
   * (threat T24).
   */
  verifyPassword(username: string, password: string): Promise<VerifiedSubject | undefined>;
  /** What may be shown of an end-user; `undefined` when there is none. */
  find(subject: string): Promise<Pick<Account, "subject" | "username" | "name"> | undefined>;
  /**
   * Whom a client means with a login hint: a user name or an e-mail address (CIBA Core 7.1). Only for clients that have authenticated.
   */
  findByHint(hint: string): Promise<{ subject: string } | undefined>;
  /**
   * The standard claims of an end-user in their JSON types (OIDC Core 5.1), without `sub`; `undefined` when there is none. All of them: what
   * a client gets is decided by `releasedClaims`.
   */
  claimsOf(subject: string): Promise<StandardClaims | undefined>;
}
