import "server-only";
import { confirmLogout } from "../../server/flow/logout/confirm-logout.ts";
import {
  type LogoutQuestion,
  type LogoutResult,
  questionStep,
  resultStep,
} from "../../server/flow/logout/sealed.ts";
import { openStep } from "../../server/flow/sealed-step.ts";
import { cookieRules } from "../../server/session/cookie.ts";
import { actionJar, atRequest, preSessionOf } from "./at-request.ts";

/**
 * Ends the session of this browser. For server actions.
 *
 * @param question what the person was asked, as it stood in the page's address.
 * @returns the path of the page to show.
 */
export async function signOutHere(question?: unknown): Promise<string> {
  const [services, store] = await atRequest();
  const rules = cookieRules(services.config.origin);
  const jar = actionJar(store);
  const session = jar.get(rules.session);
  jar.clear(rules.session, rules.attributes);
  return confirmLogout(services, { question, session, preSession: preSessionOf(services, store) });
}

/** What an application asks a person who is to sign out; `undefined` when the address says nothing that this browser was sent. */
export async function logoutQuestion(sealed: unknown): Promise<LogoutQuestion | undefined> {
  const [services, store] = await atRequest();
  return openStep(services, questionStep, { sealed, browser: preSessionOf(services, store) });
}

/** What there is to say and to load after a logout; `undefined` like above. */
export async function logoutResult(sealed: unknown): Promise<LogoutResult | undefined> {
  const [services, store] = await atRequest();
  return openStep(services, resultStep, { sealed, browser: preSessionOf(services, store) });
}
