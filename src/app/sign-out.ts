"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { browserCaller, consumeFormToken } from "./bridge.ts";

const signOutFormSchema = z.strictObject({ formToken: z.string() });

/** Ends the session of this browser and goes to the first page. Without a good form token it only goes there. */
export async function signOut(form: unknown): Promise<void> {
  const sent = form instanceof FormData ? [...form] : [];
  const members = sent.filter(([name]) => !name.startsWith("$ACTION_"));
  const read = signOutFormSchema.safeParse(Object.fromEntries(members)).data;
  if (read && (await consumeFormToken("sign-out", read.formToken))) {
    const caller = await browserCaller();
    await caller.session.signOut();
  }
  redirect("/");
}
