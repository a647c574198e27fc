import type { Client } from "../../authlete/client.ts";
import type { FormBody } from "../../oauth/form-body.ts";
import { beginInteraction } from "../../session/interaction.ts";
import { findClient } from "../find-client.ts";
import type { FlowPorts } from "../ports.ts";
import { interactionPorts } from "../session-ports.ts";
import { grantedBefore, needsConsent } from "./consent.ts";
import { describeRequest, type GoodRequest } from "./describe-request.ts";
import { grantRequest, refuseRequest } from "./end-request.ts";
import { finalOutcome } from "./engine-answer.ts";
import { hintedSubject } from "./hinted-subject.ts";
import { nextStep } from "./next-step.ts";
import type { Outcome } from "./outcome.ts";
import type { RequestDocument } from "./request-document.ts";
import { lacksChallengeInObject, withRequiredChallenge } from "./required-challenge.ts";
import { type SignedIn, signedInAt } from "./signed-in.ts";
import { silentRefusal } from "./silent-refusal.ts";
import { withoutUnknownContexts } from "./voluntary-contexts.ts";

/** How references to pushed requests begin (RFC 9126 section 2.2). */
const PUSHED = "urn:ietf:params:oauth:request_uri:";

/** An authorization request as a browser brought it. */
export type BrowserAuthorization = {
  /** The query or the form body. */
  form: FormBody;
  /** The value of the session cookie. */
  sessionId: string | undefined;
  /**
   * Whether a browser sends the session cookie with such a request. With a form of another site it does not, and then who is signed in
   * is seen at the next step.
   */
  carriesSession: boolean;
};

/**
 * Answers an authorization request (RFC 6749 3.1, OIDC Core 3.1.2): the engine judges it; what is left is to decide for the person at
 * the browser, at once where nobody may be asked (`prompt=none`), else step by step.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function authorize(ports: FlowPorts, request: BrowserAuthorization): Promise<Outcome> {
  const { form } = request;
  const parameters = await withRequiredChallenge(ports, form, withoutUnknownContexts(form));
  const answer = await ports.authlete["auth/authorization"]({ parameters });
  switch (answer.action) {
    case "NO_INTERACTION":
    case "INTERACTION":
      return decide(ports, answer, request);
    default:
      return explained(
        form,
        finalOutcome(ports, answer, {
          call: "auth/authorization",
          client: undefined,
          refused: "REQUEST_REFUSED",
        }),
      );
  }
}

/** A pushed request that is there no more was good once: whoever opens it again, or late, has done nothing wrong (RFC 9126 section 4). */
function explained({ parameters }: FormBody, outcome: Outcome): Outcome {
  const isGone =
    outcome.kind === "problem" &&
    outcome.error?.error === "invalid_request_uri" &&
    parameters.get("request_uri")?.startsWith(PUSHED) === true;
  return isGone ? { ...outcome, problem: "REQUEST_USED" } : outcome;
}

async function decide(
  ports: FlowPorts,
  answer: GoodRequest,
  { form, sessionId, carriesSession }: BrowserAuthorization,
): Promise<Outcome> {
  const client = await clientOf(ports, answer);
  const described = describeRequest(answer, { form, client, now: ports.clock() });
  if (lacksChallengeInObject(answer)) return refuseRequest(ports, described, "UNAUTHORIZED_CLIENT");
  const hint = await hintedSubject(ports, {
    hint: form.parameters.get("id_token_hint"),
    known: described.subject,
    issuer: answer.service?.issuer,
    client,
  });
  if (hint.kind === "refused") return refuseRequest(ports, described, "DIFFERENT_SUBJECT");
  const document = hint.kind === "subject" ? { ...described, subject: hint.subject } : described;
  if (!carriesSession) return begin(ports, document);
  if (document.silent) return answerSilently(ports, document, sessionId);
  return (await answerAtOnce(ports, document, sessionId)) ?? begin(ports, document);
}

/** Where nobody has to be asked anything, nothing has to wait: the answer goes straight back. */
async function answerAtOnce(
  ports: FlowPorts,
  document: RequestDocument,
  sessionId: string | undefined,
): Promise<Outcome | undefined> {
  const signedIn = await signedInAt(ports, sessionId);
  const next = nextStep({ document, signedIn, chosenSubject: undefined });
  if (next.step !== "decide" || !(await mayGrant(ports, document, next.signedIn))) return undefined;
  return grantRequest(ports, document, next.signedIn);
}

async function clientOf(ports: FlowPorts, { client }: GoodRequest): Promise<Client | undefined> {
  return client?.clientId === undefined ? undefined : findClient(ports, String(client.clientId));
}

async function begin(ports: FlowPorts, document: RequestDocument): Promise<Outcome> {
  const begun = await beginInteraction(interactionPorts(ports), JSON.stringify(document));
  return { kind: "begun", ...begun, uiLocales: document.uiLocales };
}

/** `prompt=none`: granted to whoever is signed in, or refused with the reason. */
export async function answerSilently(
  ports: FlowPorts,
  document: RequestDocument,
  sessionId: string | undefined,
): Promise<Outcome> {
  const signedIn = await signedInAt(ports, sessionId);
  const reason = silentRefusal({ document, signedIn, now: ports.clock() });
  if (reason !== undefined || !signedIn) return refuseRequest(ports, document, reason ?? "NOT_LOGGED_IN");
  if (await mayGrant(ports, document, signedIn)) return grantRequest(ports, document, signedIn);
  return refuseRequest(ports, document, "CONSENT_REQUIRED");
}

/** Whether nobody has to be asked. */
export async function mayGrant(
  ports: FlowPorts,
  document: RequestDocument,
  { subject }: SignedIn,
): Promise<boolean> {
  return !needsConsent(ports, document, await grantedBefore(ports, document, subject));
}
