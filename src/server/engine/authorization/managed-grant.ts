import type { Grant } from "../../authlete/members.ts";
import type { EngineContext } from "../context.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import type { EngineWriter } from "../ports.ts";
import { randomValue } from "../random-value.ts";
import type { ManagedGrant } from "../records.ts";
import { refuse } from "../refusal.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import type { GrantManagement } from "./parameters/grant-management.ts";

/** What a request does to a grant that the client can refer to later (Grant Management for OAuth 2.0). */
export type GrantChange = {
  action: NonNullable<AuthorizationRequest["grantManagementAction"]>;
  grantId: string;
};

/** The change that a request asks for, with the identifier of a new grant where it creates one. */
export function grantChange(
  { random }: EngineContext,
  { grantManagementAction: action, grantId }: GrantManagement,
): GrantChange | undefined {
  return action === undefined ? undefined : { action, grantId: grantId ?? randomValue(random) };
}

/** The grant that a request wants to change, and whose it is: only they may decide. */
export async function managedGrantMembers(
  { store, serviceId }: EngineContext,
  { grantManagementAction, grantId }: GrantManagement,
) {
  if (grantManagementAction === undefined) return {};
  const stored = grantId === undefined ? undefined : await store.read.findGrant(serviceId, grantId);
  return {
    gmAction: grantManagementAction,
    ...(grantId === undefined ? {} : { grantId }),
    ...(stored ? { grant: stored.grant, grantSubject: stored.subject } : {}),
  };
}

/**
 * Creates, extends or replaces a grant, inside the transaction of the decision. Nobody but whose grant it is can change it.
 * Tokens of a grant that is replaced end: they could hold what it holds no more.
 *
 * @throws Refusal A042205 when the grant belongs to another subject, or is gone.
 */
export async function changeGrant(
  { serviceId, now }: EngineContext,
  transaction: EngineWriter,
  { change, grant }: { change: GrantChange; grant: AuthorizedGrant },
): Promise<void> {
  const { action, grantId } = change;
  const { clientId, subject } = grant;
  const own = { serviceId, grantId, clientId, subject };
  if (action === "CREATE") {
    await transaction.upsertGrant({ ...own, grant: contentsOf(grant), createdAt: now, updatedAt: now });
    return;
  }
  const stored = await transaction.findGrant(serviceId, grantId);
  if (stored?.clientId !== clientId || stored.subject !== subject) return refuse("A042205");
  if (action === "REPLACE") await transaction.deleteTokens(serviceId, { grantId });
  const contents = action === "REPLACE" ? contentsOf(grant) : merged(stored, contentsOf(grant));
  await transaction.upsertGrant({ ...own, grant: contents, createdAt: stored.createdAt, updatedAt: now });
}

function contentsOf({
  scopes,
  resources,
  consentedClaims,
  claimNames,
  authorizationDetails,
}: AuthorizedGrant): Grant {
  const claims = consentedClaims ?? claimNames ?? [];
  const scope = { scope: scopes.join(" "), ...(resources.length > 0 ? { resource: resources } : {}) };
  return {
    ...(scopes.length > 0 ? { scopes: [scope] } : {}),
    ...(claims.length > 0 ? { claims } : {}),
    ...(authorizationDetails ? { authorizationDetails } : {}),
  };
}

/** Scopes for the same resources become one entry, because clients read all that is granted for a resource at once. */
function merged({ grant: stored }: ManagedGrant, added: Grant): Grant {
  const scopes = [...(stored.scopes ?? []), ...(added.scopes ?? [])];
  const byResource = new Map<string, NonNullable<Grant["scopes"]>[number]>();
  for (const entry of scopes) {
    const key = JSON.stringify([...(entry.resource ?? [])].sort());
    const names = [byResource.get(key)?.scope, entry.scope].flatMap((scope) => scope?.split(" ") ?? []);
    byResource.set(key, { ...entry, scope: [...new Set(names)].join(" ") });
  }
  const claims = [...new Set([...(stored.claims ?? []), ...(added.claims ?? [])])];
  const elements = [stored, added].flatMap(
    ({ authorizationDetails }) => authorizationDetails?.elements ?? [],
  );
  return {
    ...(scopes.length > 0 ? { scopes: [...byResource.values()] } : {}),
    ...(claims.length > 0 ? { claims } : {}),
    ...(elements.length > 0 ? { authorizationDetails: { elements: distinct(elements) } } : {}),
  };
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
