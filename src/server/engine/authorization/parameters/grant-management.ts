import { isStorable } from "../../client-authentication/identify-client.ts";
import { refuse } from "../../refusal.ts";
import type { AuthorizationRequest } from "../authorization-request.ts";
import { parameter, type RequestParameters } from "../request-parameters.ts";
import type { Examination } from "../rule.ts";

/** What a request wants to do to a grant that the client can refer to later. */
export type GrantManagement = Pick<AuthorizationRequest, "grantManagementAction" | "grantId">;

/** The actions of an authorization request; the others have an endpoint of their own. */
const actions: ReadonlyMap<string, "CREATE" | "MERGE" | "REPLACE"> = new Map([
  ["create", "CREATE"],
  ["merge", "MERGE"],
  ["replace", "REPLACE"],
]);

/** `grant_management_action` and `grant_id` (Grant Management for OAuth 2.0, 5.1): the grant has to be one of the client's own. */
export async function grantManagement({
  context,
  clientId,
  parameters,
}: Pick<Examination, "context" | "clientId" | "parameters">): Promise<GrantManagement> {
  const action = readAction(parameters);
  const grantId = parameter(parameters, "grant_id", ["A284304", "A284304"]);
  if (action === undefined && context.service.grantManagementActionRequired) refuse("A284303");
  if (action === undefined || action === "CREATE") {
    if (grantId !== undefined) refuse("A284306");
    return action === undefined ? {} : { grantManagementAction: action };
  }
  if (grantId === undefined) return refuse("A284305");
  if (!isStorable(grantId)) refuse("A284307");
  const grant = await context.store.read.findGrant(context.serviceId, grantId);
  if (grant?.clientId !== clientId) refuse("A284307");
  return { grantManagementAction: action, grantId };
}

function readAction(parameters: RequestParameters): AuthorizationRequest["grantManagementAction"] {
  const action = parameter(parameters, "grant_management_action", ["A284301", "A284301"]);
  return action === undefined ? undefined : (actions.get(action) ?? refuse("A284302"));
}
