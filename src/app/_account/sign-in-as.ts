import "server-only";
import { secondFactorFor } from "../(interaction)/_request/second-factor-for.ts";
import { secondFactorPath } from "../(interaction)/second-factor/second-factor-path.ts";
import { browserCaller, failureOf } from "../bridge.ts";

/**
 * Signs a person in at this browser with the password they have just chosen or shown, as the login form does, and says where to go then: to
 * the second factor where one is outstanding, to the sign-in when it did not work, because what went before it did.
 *
 * @param next a path of ours.
 */
export async function signInAs(username: string, password: string, next: string): Promise<{ goTo: string }> {
  try {
    const caller = await browserCaller();
    const secondFactor = await secondFactorFor(next);
    const begun = await caller.login.password({ username, password, secondFactor });
    const { handle } = begun;
    if (begun.next === "second-factor") return { goTo: secondFactorPath(handle, next) };
    await caller.token.issue({ ticket: handle, subject: begun.subject });
    return { goTo: next };
  } catch (error) {
    await failureOf(error, "sign-in after a form");
    return { goTo: `/login?next=${encodeURIComponent(next)}` };
  }
}
