import type { VerifiedSubject } from "../account/directory.ts";
import type { TokenResponse } from "../authlete/messages/token.ts";
import type { TokenFailReason } from "../authlete/messages/token-fail.ts";
import { errorAnswer, jsonAnswer, type OAuthAnswer } from "../oauth/answer.ts";
import { OAuthError } from "../oauth/error.ts";
import { countAttempt } from "./count-attempt.ts";
import { auditIssued } from "./issue-claimed.ts";
import { engineFault } from "./oauth-engine-answer.ts";
import type { FlowPorts } from "./ports.ts";
import { refuseReservedScope } from "./reserved-scope.ts";
import { needsSecondFactor } from "./second-factor/second-factors.ts";
import { tooManyRequests } from "./too-many-requests.ts";

type PasswordResponse = Extract<TokenResponse, { action: "PASSWORD" }>;

/** No subject of anybody. */
const NOBODY = "nobody";

/** A client identifier that can be nothing but a number; anything else may be the alias of a listed client. */
const NUMBER = /^\d+$/;

/**
 * Our policy (setting `passwordGrantClients`, RFC 9700 section 2.4): no client uses the password grant unless it is listed.
 * Refuses before the engine makes a ticket, when it is certain that the client is not listed.
 *
 * @param listed client ids.
 * @param clientId the identifier in the request, not authenticated yet.
 * @throws OAuthError unauthorized_client.
 */
export function refuseUnlistedPasswordGrant(listed: ReadonlySet<string>, clientId: string | undefined): void {
  const mayBeAlias = clientId === undefined || !NUMBER.test(clientId);
  if (listed.size > 0 && (mayBeAlias || listed.has(clientId))) return;
  throw passwordGrantRefused();
}

/**
 * Finishes a password grant (RFC 6749 section 4.3). Whether the client is listed is asked of the engine's answer, which knows
 * the authenticated client, and before any password is looked at. Whoever needs a second factor is refused as with a wrong password: nobody
 * can be asked for it here (RFC 9700 section 2.4).
 */
export async function answerPasswordGrant(
  ports: FlowPorts,
  response: PasswordResponse,
): Promise<OAuthAnswer> {
  const { ticket, username } = response;
  const clientId = String(response.clientId);
  if (!ports.settings.passwordGrantClients.has(clientId)) {
    ports.log.warn("oauth.password_grant_refused", { clientId });
    await spendTicket(ports, ticket, "UNKNOWN");
    return errorAnswer(passwordGrantRefused());
  }
  // Who calls is the client application, for all of its users: an address says nothing here.
  const wait = await countAttempt(ports, { username }, { clientId });
  if (wait > 0) {
    await spendTicket(ports, ticket, "UNKNOWN");
    // `invalid_grant` would tell the client application that the password is wrong.
    return tooManyRequests("Too many tries with this user name.", wait);
  }
  const subject = await verifyPassword(ports, response);
  // Asked for whoever cannot sign in too: the time must not tell (threat T24).
  const needsMore = await needsSecondFactor(ports, subject ?? NOBODY);
  if (subject === undefined || needsMore) {
    await spendTicket(ports, ticket, "INVALID_RESOURCE_OWNER_CREDENTIALS");
    const reason = subject === undefined ? {} : { reason: "second factor" };
    ports.log.warn("audit.sign_in_refused", { username, clientId, ...reason });
    return errorAnswer(new OAuthError("invalid_grant", "The user name or the password is not right."));
  }
  await ports.attempts.clear(username);
  ports.log.info("audit.password_verified", { subject, clientId });
  return issueTo(ports, { ticket, subject, clientId });
}

async function issueTo(
  ports: FlowPorts,
  { ticket, subject, clientId }: { ticket: string; subject: VerifiedSubject; clientId: string },
): Promise<OAuthAnswer> {
  const issued = await ports.authlete["auth/token/issue"]({ ticket, subject });
  switch (issued.action) {
    case "OK":
      await refuseReservedScope(ports, issued);
      auditIssued(ports, `client ${clientId}`, issued);
      return jsonAnswer(200, issued.responseContent);
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return engineFault(ports, "token", issued);
  }
}

/** A directory that fails leaves no ticket behind. */
async function verifyPassword(
  ports: FlowPorts,
  { username, password, ticket }: PasswordResponse,
): Promise<VerifiedSubject | undefined> {
  try {
    return await ports.accounts.verifyPassword(username, password);
  } catch (error) {
    await spendTicket(ports, ticket, "UNKNOWN");
    throw error;
  }
}

function passwordGrantRefused(): OAuthError {
  return new OAuthError("unauthorized_client", "This client may not use the password grant.");
}

/**
 * Ends a ticket without tokens. The client's answer is decided already: the engine would say `invalid_request` where RFC 6749
 * section 5.2 wants `invalid_grant`, so its text is not used. A failure is logged; the ticket is known to nobody else.
 */
async function spendTicket(ports: FlowPorts, ticket: string, reason: TokenFailReason): Promise<void> {
  try {
    const { action, resultCode } = await ports.authlete["auth/token/fail"]({ ticket, reason });
    if (action !== "BAD_REQUEST") ports.log.error("oauth.ticket_not_spent", { action, resultCode });
  } catch (error) {
    ports.log.error("oauth.ticket_not_spent", { error });
  }
}
