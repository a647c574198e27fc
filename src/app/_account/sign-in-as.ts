import "server-only";
import { browserCaller } from "../bridge.ts";

/**
 * Signs a person in at this browser with the password they have just chosen or shown, as the login form does.
 *
 * @throws what `login.password` and `token.issue` throw.
 */
export async function signInAs(username: string, password: string): Promise<void> {
  const caller = await browserCaller();
  const { handle, subject } = await caller.login.password({ username, password });
  await caller.token.issue({ ticket: handle, subject });
}
