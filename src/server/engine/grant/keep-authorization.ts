import { rememberGrantedScopes } from "../authorization/granted-scopes.ts";
import { changeGrant, grantChange } from "../authorization/managed-grant.ts";
import type { GrantManagement } from "../authorization/parameters/grant-management.ts";
import type { EngineContext } from "../context.ts";
import type { EngineWriter } from "../ports.ts";
import type { AuthorizedGrant } from "./authorized-grant.ts";

/** The grant as part of one that the client can refer to later, where the request wants that (Grant Management for OAuth 2.0). */
export function asManagedGrant(
  context: EngineContext,
  grant: AuthorizedGrant,
  wanted: GrantManagement | undefined,
): AuthorizedGrant {
  const change = wanted && grantChange(context, wanted);
  return change ? { ...grant, grantId: change.grantId } : grant;
}

/**
 * Keeps what a user's yes changes beside the request itself, inside the transaction of the decision: the scopes that the client was
 * granted, and the grant that it can refer to.
 *
 * @throws Refusal A042205 when the grant belongs to another subject, or is gone.
 */
export async function keepAuthorization(
  context: EngineContext,
  transaction: EngineWriter,
  { grant, wanted }: { grant: AuthorizedGrant; wanted: GrantManagement | undefined },
): Promise<void> {
  await rememberGrantedScopes(context, transaction, grant);
  const action = wanted?.grantManagementAction;
  if (action === undefined || grant.grantId === undefined) return;
  await changeGrant(context, transaction, { change: { action, grantId: grant.grantId }, grant });
}
