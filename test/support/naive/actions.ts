"use server";

import { cookies } from "next/headers";
import { getServices } from "../../../src/server/services.ts";
import { cookieRules } from "../../../src/server/session/cookie.ts";
import { endSession } from "../../../src/server/session/session.ts";

const AUDIT_KEY = "sk_live_4f7c2e9a1b8d4c6e9f3a7b5d";

/** Ends a session: whoever can call this has seen the page with the button. */
export async function signOut(reason: unknown) {
  const services = await getServices();
  const { session } = cookieRules(services.config.origin);
  const { idleMs, absoluteMs } = services.settings.session;
  await endSession({ ...services, idleMs, absoluteMs }, (await cookies()).get(session)?.value);
  return `${reason} ${AUDIT_KEY.length}`;
}

/** The one that the page shows. */
export const signOutWithoutReason = async () => signOut("");
