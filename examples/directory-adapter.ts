import { scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { AccountDirectory, VerifiedSubject } from "../src/server/account/directory.ts";

/** A row of the users that a product has already. */
export type User = {
  id: number;
  login: string;
  full_name: string;
  email: string;
  email_confirmed: number;
  salt: string;
  password_scrypt: string;
  changed_at: number;
};

/** How the product finds them: a query of its own. */
export type FindUser = (column: "id" | "login" | "email", value: string) => Promise<User | undefined>;

const PREFIX = "user-";
const BYTES = 32;
const nobody = { salt: "nobody", password_scrypt: Buffer.alloc(BYTES).toString("base64") };
const derive = promisify<string, string, number, Buffer>(scrypt);

/** Makes a directory over the users of a product. */
export function createUserDirectory(findUser: FindUser): AccountDirectory {
  const userOf = async (subject: string) =>
    subject.startsWith(PREFIX) ? findUser("id", subject.slice(PREFIX.length)) : undefined;
  return {
    async verifyPassword(username, password) {
      const user = await findUser("login", username.trim().toLowerCase());
      // The same work for somebody who is not there: the time must not tell.
      const { salt, password_scrypt } = user ?? nobody;
      const derived = await derive(password, salt, BYTES);
      const isRight = timingSafeEqual(derived, Buffer.from(password_scrypt, "base64"));
      return user && isRight ? (`${PREFIX}${user.id}` as VerifiedSubject) : undefined;
    },
    async find(subject) {
      const user = await userOf(subject);
      return user && { subject, username: user.login, name: user.full_name };
    },
    async findByHint(hint) {
      const user = (await findUser("login", hint)) ?? (await findUser("email", hint));
      return user && { subject: `${PREFIX}${user.id}` };
    },
    async claimsOf(subject) {
      const user = await userOf(subject);
      return (
        user && {
          name: user.full_name,
          preferred_username: user.login,
          email: user.email,
          email_verified: user.email_confirmed === 1,
          updated_at: Math.floor(user.changed_at / 1000),
        }
      );
    },
  };
}
