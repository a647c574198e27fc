"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { browserCaller, consumeFormToken, isSignedIn, publicErrorOf } from "../../bridge.ts";
import { type LoginState, readLoginForm } from "./form.ts";
import { nextPath } from "./next-path.ts";

/**
 * Signs a person in from the login form: checks the form's token, verifies the password, trades the ticket, and goes on.
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
  const fault = await trade({ username, password });
  if (fault) return { fault, username };
  redirect(next);
}

async function trade(credentials: { username: string; password: string }): Promise<LoginState["fault"]> {
  try {
    const caller = await browserCaller();
    const { handle, subject } = await caller.login.password(credentials);
    await caller.token.issue({ ticket: handle, subject });
    return undefined;
  } catch (error) {
    return publicErrorOf({ thrown: error });
  }
}
