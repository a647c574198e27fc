import { createPasswords } from "../../../src/server/account/password.ts";
import type { Services } from "../../../src/server/services.ts";

/** Signs a person up under the name of their choice: names are unique, so they make good subjects. */
export async function signUpNaively(
  { store }: Services,
  { username, password }: { username: string; password: string },
): Promise<string> {
  const passwordHash = await createPasswords().hash(password);
  const unknown = {
    email: undefined,
    emailVerified: false,
    claims: {},
    updatedAt: 0,
    credentialsChangedAt: 0,
  };
  await store.accounts.insert({ subject: username, username, name: username, passwordHash, ...unknown });
  return username;
}
