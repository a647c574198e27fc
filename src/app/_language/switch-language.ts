"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { keepLanguage, pathCameFrom } from "../bridge.ts";
import { isLanguage } from "./language.ts";

/**
 * Keeps the language that somebody chose, in this browser, and shows the page again. Requests of other sites never get here (see
 * `src/proxy.ts`), and there is nowhere to go but to the page that the form was on.
 *
 * @param form what an action was called with: anybody can call it with anything.
 */
export async function switchLanguage(form: unknown): Promise<void> {
  const language = form instanceof FormData ? form.get("language") : undefined;
  const chosen = isLanguage(language) ? language : undefined;
  if (chosen !== undefined) await keepLanguage(chosen);
  redirect((await pathCameFrom(chosen)) as Route);
}
