import type { AuthorizationResponse } from "../../authlete/messages/authorization.ts";
import type { AuthorizationFailResponse } from "../../authlete/messages/authorization-fail.ts";
import type { AuthorizationIssueResponse } from "../../authlete/messages/authorization-issue.ts";
import { newCorrelationId } from "../correlation.ts";
import type { FlowPorts } from "../ports.ts";
import type { Origin, Outcome } from "./outcome.ts";

type Answer = AuthorizationResponse | AuthorizationIssueResponse | AuthorizationFailResponse;

/** Answers that end a request, at once or after a decision. */
export type FinalAnswer = Exclude<Answer, { action: "INTERACTION" | "NO_INTERACTION" }>;

/** An engine does not send anybody to these, and if it did nobody would go. */
const NEVER_FOLLOWED: ReadonlySet<string> = new Set([
  "javascript:",
  "data:",
  "vbscript:",
  "blob:",
  "file:",
  "about:",
]);

/**
 * What an answer of the engine that ends a request comes to: every action, and what is done for it.
 *
 * @param context.refused what a BAD_REQUEST means here.
 */
export function finalOutcome(
  ports: Pick<FlowPorts, "log" | "random">,
  answer: FinalAnswer,
  context: { call: string; client: Origin | undefined; refused: "REQUEST_REFUSED" | "REQUEST_FAILED" },
): Outcome {
  switch (answer.action) {
    case "LOCATION":
      return isFollowed(answer.responseContent)
        ? { kind: "redirect", location: answer.responseContent, client: context.client }
        : fault(ports, context.call, "a location that nobody follows");
    case "FORM":
      return { kind: "form", html: answer.responseContent };
    case "BAD_REQUEST":
      return {
        kind: "problem",
        problem: context.refused,
        client: context.client,
        error: errorIn(answer.responseContent),
      };
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return fault(ports, context.call, `${answer.action} ${answer.resultCode}`);
  }
}

function isFollowed(location: string): boolean {
  return URL.canParse(location) && !NEVER_FOLLOWED.has(new URL(location).protocol);
}

/** A fault of ours or of the engine. `detail` goes to the log only. */
function fault(ports: Pick<FlowPorts, "log" | "random">, call: string, detail: string): Outcome {
  const correlationId = newCorrelationId(ports);
  ports.log.error("authorization.failed", { call, detail, correlationId });
  return { kind: "problem", problem: "FAULT", correlationId };
}

function errorIn(content: string): { error: string; description: string | undefined } | undefined {
  try {
    const { error, error_description: description } = JSON.parse(content) as Record<string, unknown>;
    if (typeof error !== "string") return undefined;
    return { error, description: typeof description === "string" ? description : undefined };
  } catch {
    return undefined;
  }
}
