import "server-only";
import { chooseLanguage } from "../../language/choose-language.ts";
import { inLanguage } from "../../server/flow/authorization/client-language.ts";
import { type Granted, grantedBefore, needsConsent } from "../../server/flow/authorization/consent.ts";
import { type Decision, decisionPurpose } from "../../server/flow/authorization/decide-request.ts";
import { requestAt } from "../../server/flow/authorization/interaction-at.ts";
import type { Step } from "../../server/flow/authorization/next-step.ts";
import type { ShownRequest } from "../../server/flow/authorization/request-document.ts";
import { askingEngine } from "../../server/flow/engine-failure.ts";
import { getServices } from "../../server/services.ts";
import { cookieRules } from "../../server/session/cookie.ts";
import { interactionCookie } from "../../server/session/interaction.ts";
import { publicError } from "../../server/trpc/public-error.ts";
import { languageWishes, makeFormToken } from "../bridge.ts";
import { atRequest, PageError, pageJar } from "./at-request.ts";

/** An authorization request that waits at this browser. What it holds is for the server: a page shows parts of it. */
export type WaitingRequest = { handleHash: string; document: ShownRequest; step: Step };

/**
 * The authorization request of a handle, and what comes next in it.
 *
 * @returns `undefined` when nothing can be done with it here: `/oauth/interaction/{handle}` says why.
 */
export async function waitingRequest(handle: string): Promise<WaitingRequest | undefined> {
  const [services, store] = await atRequest();
  const rules = cookieRules(services.config.origin);
  const jar = pageJar(store);
  const found = await requestAt(services, {
    handle,
    binding: jar.get(interactionCookie(rules, handle)),
    sessionId: jar.get(rules.session),
  });
  if (!found.open || found.open.document.silent) return undefined;
  const { interaction, document, step } = found.open;
  const { ticket: _, ...shown } = document;
  const client = inLanguage(shown.client, chooseLanguage(await languageWishes()));
  return { handleHash: interaction.handleHash, document: { ...shown, client }, step };
}

/** Whether somebody has to be asked, and what they granted to the client of a request before. */
export async function earlierConsent(
  { document }: WaitingRequest,
  subject: string,
): Promise<{ asked: false } | { asked: true; granted: Granted }> {
  const services = await getServices();
  try {
    const granted = await askingEngine(() => grantedBefore(services, document, subject));
    return needsConsent(services, document, granted) ? { asked: true, granted } : { asked: false };
  } catch (error) {
    throw new PageError(publicError(error));
  }
}

/**
 * A token for a form with one button about an authorization request.
 *
 * @param subject who decides; not looked at for the form that only leaves.
 */
export async function makeDecisionToken(
  { handleHash }: WaitingRequest,
  decision: Decision,
  subject?: string,
): Promise<string> {
  return makeFormToken(decisionPurpose({ handleHash, decision, subject }));
}
