import { consumeFormToken, type FormPurpose } from "../../session/form-token.ts";
import type { FlowPorts } from "../ports.ts";
import { endOnce, goOn } from "./continue-request.ts";
import { grantRequest, refuseRequest } from "./end-request.ts";
import { type BrowserAtRequest, type OpenRequest, requestAt } from "./interaction-at.ts";
import type { Outcome } from "./outcome.ts";

/** What a person may decide on our pages. */
export const decisions = ["allow", "deny", "continue"] as const;

export type Decision = (typeof decisions)[number];

/** A decision as a form of ours sends it. */
export type BrowserDecision = BrowserAtRequest & {
  decision: Decision;
  formToken: string;
  preSession: string | undefined;
};

/**
 * The form with one button on a page in a request, bound to whom the page was shown to. If somebody else is signed in by the time the form
 * is sent, it is the form of nobody (threat T3).
 *
 * @param form.subject not looked at for the form that only leaves: it is for whoever is there.
 */
export function decisionPurpose(form: {
  handleHash: string;
  decision: Decision;
  subject: string | undefined;
}): FormPurpose {
  const { handleHash, decision, subject = "" } = form;
  return `interaction ${handleHash} ${decision} ${decision === "deny" ? "" : subject}`;
}

/**
 * Carries out what a person decided. A decision that is not of this page, this person and this moment changes nothing: the person is shown
 * again what there is to decide.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function decideRequest(ports: FlowPorts, browser: BrowserDecision): Promise<Outcome> {
  const found = await requestAt(ports, browser);
  if (!found.open) return found.outcome;
  const { open } = found;
  if (open.document.silent || !(await isOwnForm(ports, open, browser))) return again(open, browser);
  switch (browser.decision) {
    case "deny":
      return endOnce(ports, open, () => refuseRequest(ports, open.document, "DENIED"));
    case "continue":
      return choose(ports, open, browser);
    case "allow":
      return allow(ports, open, browser);
  }
}

/** Whoever leaves needs no name; whoever decides for somebody has to be that person. */
async function isOwnForm(ports: FlowPorts, { interaction, step }: OpenRequest, browser: BrowserDecision) {
  const { formToken: token, preSession, decision } = browser;
  const subject = "signedIn" in step ? step.signedIn.subject : undefined;
  if (decision !== "deny" && subject === undefined) return false;
  const purpose = decisionPurpose({ handleHash: interaction.handleHash, decision, subject });
  return consumeFormToken(ports, purpose, { token, preSession });
}

async function choose(ports: FlowPorts, open: OpenRequest, browser: BrowserDecision): Promise<Outcome> {
  const { interaction, step } = open;
  if (step.step !== "choose-account") return goOn(ports, open, browser);
  const { handleHash, ownerHash } = interaction;
  const { subject } = step.signedIn;
  await ports.interactions.choose({ handleHash, ownerHash, now: ports.clock() }, subject);
  return again(open, browser);
}

/** Only what the consent page stands for: while something else is left to do, nobody can have agreed. */
async function allow(ports: FlowPorts, open: OpenRequest, browser: BrowserDecision): Promise<Outcome> {
  const { document, step } = open;
  if (step.step !== "decide") return again(open, browser);
  const { subject } = step.signedIn;
  ports.log.info("audit.consent_given", { subject, clientId: document.client.id });
  return endOnce(ports, open, () => grantRequest(ports, document, step.signedIn));
}

/** Back to where a request goes on. */
function again({ document }: OpenRequest, { handle }: BrowserDecision): Outcome {
  return { kind: "page", page: "resume", handle, uiLocales: document.uiLocales };
}
