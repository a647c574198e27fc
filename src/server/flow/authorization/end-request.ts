import { releasedClaims } from "../../account/released-claims.ts";
import type { AuthorizationFailReason } from "../../authlete/messages/authorization-fail.ts";
import { newValue } from "../../session/value.ts";
import type { FlowPorts } from "../ports.ts";
import { finalOutcome } from "./engine-answer.ts";
import type { Origin, Outcome } from "./outcome.ts";
import { toldContext } from "./reached-contexts.ts";
import type { RequestDocument } from "./request-document.ts";
import type { SignedIn } from "./signed-in.ts";

/**
 * Grants a request: `auth/authorization/issue`, once. Who was authenticated, when and how is what happened, never what the request would like.
 *
 * @throws EngineError when the engine cannot be asked: then nobody knows what came of the ticket, and it is not tried again.
 */
export async function grantRequest(
  ports: FlowPorts,
  document: RequestDocument,
  signedIn: SignedIn,
): Promise<Outcome> {
  const { subject } = signedIn;
  const clientId = document.client.id;
  const claims = await idTokenClaims(ports, document, signedIn);
  const sid = isAuthentication(document) ? await noteClient(ports, clientId, signedIn) : undefined;
  const answer = await ports.authlete["auth/authorization/issue"]({
    ticket: document.ticket,
    subject,
    authTime: Math.floor(signedIn.authenticatedAt / 1000),
    acr: toldContext(signedIn, document.acrs),
    ...(claims === undefined ? {} : { claims }),
    consentedClaims: [...new Set([...document.idTokenClaims, ...document.userInfoClaims])],
    ...(sid === undefined ? {} : { sessionId: sid }),
  });
  ports.log.info("audit.authorization_issued", { subject, clientId, action: answer.action });
  return finalOutcome(ports, answer, {
    call: "auth/authorization/issue",
    client: originOf(document),
    refused: "REQUEST_FAILED",
  });
}

/**
 * Ends a request without granting it: the client learns why.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function refuseRequest(
  ports: FlowPorts,
  document: RequestDocument,
  reason: AuthorizationFailReason,
): Promise<Outcome> {
  const { ticket, client } = document;
  const answer = await ports.authlete["auth/authorization/fail"]({ ticket, reason });
  ports.log.info("audit.authorization_refused", { clientId: client.id, reason });
  return finalOutcome(ports, answer, {
    call: "auth/authorization/fail",
    client: originOf(document),
    refused: "REQUEST_FAILED",
  });
}

/** The client of a request, as a page may name it. */
export function originOf({ client }: RequestDocument): Origin {
  const { name, home, localised } = client;
  return { name, ...(home ? { home } : {}), ...(localised ? { localised } : {}) };
}

/** How the person was authenticated (`amr`, OIDC Core 2), and of the rest only what the client asked for and the account has. */
async function idTokenClaims(
  { accounts }: FlowPorts,
  document: RequestDocument,
  { subject, methods }: SignedIn,
): Promise<string | undefined> {
  const names = document.idTokenClaims.map((name) => name.split("#", 1)[0] as string);
  const account = names.length > 0 ? await accounts.claimsOf(subject) : undefined;
  const amr = isAuthentication(document) ? { amr: methods } : {};
  const claims = { ...releasedClaims(account, { scopes: [], names }), ...amr };
  return Object.keys(claims).length > 0 ? JSON.stringify(claims) : undefined;
}

function isAuthentication({ scopes }: RequestDocument): boolean {
  return scopes.some(({ name }) => name === "openid");
}

/** The client has to hear when this session ends (OpenID Connect Back-Channel Logout 1.0). */
async function noteClient(
  { sessionClients, clock, random }: FlowPorts,
  clientId: string,
  { sessionHash, subject, sessionEnd }: SignedIn,
): Promise<string> {
  const { sid } = await sessionClients.note({
    sessionHash,
    clientId,
    subject,
    sid: newValue(random),
    createdAt: clock(),
    expiresAt: sessionEnd,
  });
  return sid;
}
