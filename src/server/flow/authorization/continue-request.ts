import { claimInteraction } from "../../session/interaction.ts";
import type { Interaction } from "../../session/interaction-store.ts";
import { offersOf } from "../account/self-service.ts";
import type { FlowPorts } from "../ports.ts";
import { interactionPorts } from "../session-ports.ts";
import { answerSilently, mayGrant } from "./authorize.ts";
import { grantRequest, originOf, refuseRequest } from "./end-request.ts";
import { type BrowserAtRequest, type OpenRequest, requestAt } from "./interaction-at.ts";
import type { Outcome } from "./outcome.ts";
import type { RequestDocument } from "./request-document.ts";

/**
 * Goes on with a request: to the page where something is left to do, or to its end. Every page leads back here.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function continueRequest(ports: FlowPorts, browser: BrowserAtRequest): Promise<Outcome> {
  const found = await requestAt(ports, browser);
  if (!found.open) return found.outcome;
  return goOn(ports, found.open, browser);
}

/** The next step of an open request. */
export async function goOn(
  ports: FlowPorts,
  { interaction, document, step }: OpenRequest,
  browser: BrowserAtRequest,
): Promise<Outcome> {
  const { uiLocales } = document;
  const page = { kind: "page", handle: browser.handle, uiLocales } as const;
  if (document.silent) {
    return endOnce(ports, { interaction, document }, () =>
      answerSilently(ports, document, browser.sessionId),
    );
  }
  switch (step.step) {
    case "register":
      // Where nobody can make an account for themselves, whoever has one signs in.
      return { ...page, page: offersOf(ports).registration ? "register" : "sign-in" };
    case "sign-in":
    case "choose-account":
      return { ...page, page: step.step };
    case "fail":
      return endOnce(ports, { interaction, document }, () => refuseRequest(ports, document, step.reason));
    case "decide":
      return (await mayGrant(ports, document, step.signedIn))
        ? endOnce(ports, { interaction, document }, () => grantRequest(ports, document, step.signedIn))
        : { ...page, page: "consent" };
  }
}

/**
 * Runs what ends a request, if nobody else does: the one move in the store comes before the engine is asked. An unknown outcome is an end
 * too.
 */
export async function endOnce(
  ports: FlowPorts,
  { interaction, document }: { interaction: Interaction; document: RequestDocument },
  end: () => Promise<Outcome>,
): Promise<Outcome> {
  const { uiLocales } = document;
  if (!(await claimInteraction(interactionPorts(ports), interaction))) {
    return { kind: "problem", problem: "REQUEST_OVER", client: originOf(document), uiLocales };
  }
  try {
    const outcome = await end();
    ports.interactions.settle(interaction, outcome.kind === "problem" ? "failed" : "done");
    return outcome.kind === "problem" ? { ...outcome, uiLocales } : outcome;
  } catch (error) {
    ports.interactions.settle(interaction, "failed");
    throw error;
  }
}
