"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { onward } from "../../_language/request-language.ts";
import { browserCaller, consumeFormToken, isSignedIn, publicErrorOf } from "../../bridge.ts";
import { secondFactorFor } from "../_request/second-factor-for.ts";
import { secondFactorPath } from "../second-factor/second-factor-path.ts";
import { type LoginState, readLoginForm } from "./form.ts";
import { nextPath } from "./next-path.ts";

/**
 * Signs a person in from the login form: checks the form's token, verifies the password, trades the ticket, and goes on: to the second
 * factor first where one is outstanding.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 * @returns what the form shows when it did not work.
 */
export async function signIn(_previous: LoginState, form: FormData): Promise<LoginState> {
  const read = readLoginForm(form);
  if (!read) return { fault: publicErrorOf({ code: "BAD_REQUEST" }), username: "" };
  const { formToken, username, password } = read;
  const next = nextPath(read.next) as Route;
  // The second of two clicks finds its form used; when the first one worked, all is well.
  if (!(await consumeFormToken("login", formToken))) {
    if (await isSignedIn()) redirect(next);
    return { fault: publicErrorOf({ code: "FORM_EXPIRED" }), username };
  }
  const traded = await trade({ username, password }, next);
  if ("fault" in traded) return { ...traded, username };
  redirect(traded.goTo);
}

async function trade(
  credentials: { username: string; password: string },
  next: Route,
): Promise<{ goTo: Route } | { fault: NonNullable<LoginState["fault"]> }> {
  try {
    const caller = await browserCaller();
    const secondFactor = await secondFactorFor(next);
    const begun = await caller.login.password({ ...credentials, secondFactor });
    const { handle } = begun;
    if (begun.next === "second-factor") return { goTo: await onward(secondFactorPath(handle, next)) };
    await caller.token.issue({ ticket: handle, subject: begun.subject });
    return { goTo: next };
  } catch (error) {
    return { fault: publicErrorOf({ thrown: error }) };
  }
}
