import { findInteraction, type InteractionClaim } from "../../session/interaction.ts";
import type { Interaction } from "../../session/interaction-store.ts";
import type { FlowPorts } from "../ports.ts";
import { interactionPorts } from "../session-ports.ts";
import { originOf } from "./end-request.ts";
import { nextStep, type Step } from "./next-step.ts";
import type { Outcome } from "./outcome.ts";
import { type RequestDocument, readDocument } from "./request-document.ts";
import { signedInAt } from "./signed-in.ts";

/** What a browser says of itself at a step of a request. */
export type BrowserAtRequest = InteractionClaim & { sessionId: string | undefined };

/** A request that is open at this browser, and what comes next in it. */
export type OpenRequest = { interaction: Interaction; document: RequestDocument; step: Step };

/**
 * Finds the request behind a handle, and what comes next.
 *
 * @returns the request, or the page that says why there is none.
 */
export async function requestAt(
  ports: FlowPorts,
  browser: BrowserAtRequest,
): Promise<{ open: OpenRequest } | { open: undefined; outcome: Outcome }> {
  const found = await findInteraction(interactionPorts(ports), browser);
  if (found.status === "unknown") return closed("REQUEST_UNKNOWN", undefined);
  const document = readDocument(found.text);
  if (!document) return closed("REQUEST_UNKNOWN", undefined);
  if (found.status !== "open") {
    return closed(found.status === "over" ? "REQUEST_OVER" : "REQUEST_EXPIRED", document);
  }
  const { interaction } = found;
  const signedIn = await signedInAt(ports, browser.sessionId);
  const step = nextStep({ document, signedIn, chosenSubject: interaction.chosenSubject });
  return { open: { interaction, document, step } };
}

function closed(
  problem: "REQUEST_UNKNOWN" | "REQUEST_OVER" | "REQUEST_EXPIRED",
  document: RequestDocument | undefined,
): { open: undefined; outcome: Outcome } {
  const known = document ? { client: originOf(document), uiLocales: document.uiLocales } : {};
  return { open: undefined, outcome: { kind: "problem", problem, ...known } };
}
