"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { signOutHere } from "./_bridge/logout.ts";
import { onward } from "./_language/request-language.ts";
import { consumeFormToken, isSentByScript, isSignedIn } from "./bridge.ts";

const signOutFormSchema = z.strictObject({ formToken: z.string(), question: z.string().optional() });

/**
 * Ends the session of this browser and goes on to what there is to say about it. Without a good form token it only goes back to the page
 * that asks.
 *
 * @param _previous comes from the browser and is not used.
 * @returns where a script of ours has to go.
 */
export async function signOut(_previous: unknown, form: unknown): Promise<{ goTo: string }> {
  const goTo = await onward(await pathAfter(form));
  if (!(await isSentByScript())) redirect(goTo);
  return { goTo };
}

async function pathAfter(form: unknown): Promise<string> {
  const sent = form instanceof FormData ? [...form] : [];
  const members = sent.filter(([name]) => !name.startsWith("$ACTION_"));
  const read = signOutFormSchema.safeParse(Object.fromEntries(members)).data;
  if (!read) return "/";
  const { formToken, question } = read;
  if (await consumeFormToken("sign-out", formToken)) return signOutHere(question);
  // The second of two clicks finds its form used; when the first one worked, all is well.
  return question !== undefined && (await isSignedIn())
    ? `/logout?${new URLSearchParams({ question })}`
    : "/";
}
