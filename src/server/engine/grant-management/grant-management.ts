import type { Request, Response } from "../../authlete/operations.ts";
import { challenge } from "../access-token/challenge.ts";
import { isStorable } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import type { EngineReader } from "../ports.ts";
import type { AccessToken, ManagedGrant } from "../records.ts";
import { result } from "../refusal.ts";
import { admitToGrants, type GrantCall, grantActions } from "./admission.ts";
import { grantDocument } from "./grant-document.ts";
import { type GrantManagementRefusalCode, grantManagementRefusals } from "./refusals.ts";

type Call = Partial<Request<"gm">>;
type Answer = Response<"gm">;

/**
 * `gm`: shows a grant, or ends it with all tokens that came of it (Grant Management for OAuth 2.0, 6.4 and 6.5). A grant of
 * another client or another subject is answered like one that does not exist.
 */
export async function manageGrant(context: EngineContext, request: Call): Promise<Answer> {
  const call = readCall(request);
  if (typeof call === "string") return refused(context, call, { request });
  const admission = await admitToGrants(context, call);
  if (admission.code !== undefined) return refused(context, admission.code, { ...admission, ...call });
  const answer = await carriedOut(context, call, admission.token);
  return answer ?? refused(context, "A283301", { ...admission, request });
}

function readCall(request: Call): GrantCall | GrantManagementRefusalCode {
  const action = request.gmAction;
  if (action !== "QUERY" && action !== "REVOKE") return "A900208";
  const grantId = givenNonEmptyText(request.grantId);
  return grantId === undefined ? "A900209" : { action, grantId, request };
}

/** `undefined` when the token has no such grant. */
async function carriedOut(
  context: EngineContext,
  { action, grantId }: GrantCall,
  token: AccessToken,
): Promise<Answer | undefined> {
  if (!isStorable(grantId)) return undefined;
  if (action === "REVOKE") {
    const isRevoked = await revokeGrant(context, grantId, token);
    return isRevoked ? { ...result("A277001", "The grant is revoked."), action: "NO_CONTENT" } : undefined;
  }
  const grant = await findOwnGrant(context.store.read, grantId, token);
  if (!grant) return undefined;
  const responseContent = JSON.stringify(grantDocument(grant));
  return { ...result("A277001", "This is what the grant holds."), action: "OK", responseContent };
}

/** A token without a subject is the client's own, for all grants that it was given. */
async function findOwnGrant(
  reader: Pick<EngineReader, "findGrant">,
  grantId: string,
  { serviceId, clientId, subject }: AccessToken,
): Promise<ManagedGrant | undefined> {
  const grant = await reader.findGrant(serviceId, grantId);
  const isOwn = grant?.clientId === clientId && (subject === undefined || subject === grant.subject);
  return isOwn ? grant : undefined;
}

/** Ends a grant together with its refresh and access tokens; tells whether it was there, and the token's to end. */
function revokeGrant({ store }: EngineContext, grantId: string, token: AccessToken): Promise<boolean> {
  return store.write(async (transaction) => {
    if (!(await findOwnGrant(transaction, grantId, token))) return false;
    await transaction.deleteTokens(token.serviceId, { grantId });
    return transaction.deleteGrant(token.serviceId, grantId);
  });
}

/** `responseContent` is a `WWW-Authenticate` value, whatever the action. */
function refused(
  { service }: EngineContext,
  code: GrantManagementRefusalCode,
  { request, token, action }: { request: Call; token?: AccessToken } & Partial<Pick<GrantCall, "action">>,
): Answer {
  const [refusedAction, error, text] = grantManagementRefusals[code];
  const isBound = token?.details.confirmation?.jkt !== undefined;
  const wantsProof = isBound || givenNonEmptyText(request.dpop) !== undefined;
  const demandedScopes = action ? [grantActions[action].scope] : [];
  return {
    ...result(code, text),
    action: refusedAction,
    responseContent: challenge(service, { code, error, text, demandedScopes, wantsProof }),
  };
}
