import { standardClaims } from "./claims.ts";
import type { AccountDirectory, VerifiedSubject } from "./directory.ts";
import { createPasswords, type Passwords } from "./password.ts";
import type { AccountStore } from "./ports.ts";

/**
 * Makes the directory of end-users over an account store.
 *
 * @param options.passwords may be shared or replaced by a test.
 */
export function createAccountDirectory({
  accounts,
  passwords = createPasswords(),
}: {
  accounts: AccountStore;
  passwords?: Passwords;
}): AccountDirectory {
  return {
    async verifyPassword(username, password) {
      const account = await accounts.findByUsername(username);
      const right = await passwords.verify(account?.passwordHash, password);
      if (!account || !right) return undefined;
      // Comparing takes its time, and the password may have been changed meanwhile.
      const now = await accounts.findBySubject(account.subject);
      return now?.passwordHash === account.passwordHash ? (account.subject as VerifiedSubject) : undefined;
    },
    async find(subject) {
      const account = await accounts.findBySubject(subject);
      return account && { subject: account.subject, username: account.username, name: account.name };
    },
    async findByHint(hint) {
      const account = (await accounts.findByUsername(hint)) ?? (await accounts.findByEmail(hint));
      return account && { subject: account.subject };
    },
    async claimsOf(subject) {
      const account = await accounts.findBySubject(subject);
      return account && standardClaims(account);
    },
  };
}
