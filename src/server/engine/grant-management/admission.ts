import type { Client } from "../../authlete/client.ts";
import type { Request } from "../../authlete/operations.ts";
import { findAccessToken } from "../access-token/find-access-token.ts";
import type { JwtRefusalCode } from "../access-token/jwt.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import type { AccessToken } from "../records.ts";
import { checkPossession, type PossessionDefect } from "../sender-constraint/possession.ts";
import type { GrantManagementRefusalCode } from "./refusals.ts";

/** What a client does with a grant at the endpoint, with the scope that lets it, and the method of its request. */
export const grantActions = {
  QUERY: { scope: "grant_management_query", method: "GET" },
  REVOKE: { scope: "grant_management_revoke", method: "DELETE" },
} as const;

/** A call as far as it can be read. */
export type GrantCall = {
  action: keyof typeof grantActions;
  grantId: string;
  request: Partial<Request<"gm">>;
};

const lookUpCodes: Record<JwtRefusalCode | "A057302", GrantManagementRefusalCode> = {
  A057302: "A279306",
  A057304: "A900314",
  A057305: "A900315",
  A057306: "A900316",
};

const possessionCodes: Record<PossessionDefect, GrantManagementRefusalCode> = {
  certificate_missing: "A900319",
  certificate_malformed: "A900320",
  certificate_mismatch: "A900321",
  proof_missing: "A281305",
  proof_mismatch: "A900322",
  proof_malformed: "A900323",
  proof_algorithm: "A900324",
  proof_no_key: "A900325",
  proof_no_algorithm: "A900326",
  proof_nonce: "A900327",
};

/** The token of a call, or why it does not open the endpoint; a token that was found goes with the refusal. */
export type Admission =
  | { token: AccessToken; code?: undefined }
  | { token?: AccessToken; code: GrantManagementRefusalCode };

/** Finds the token of a call and out whether it opens the endpoint (Grant Management for OAuth 2.0, 6.2). */
export async function admitToGrants(context: EngineContext, call: GrantCall): Promise<Admission> {
  const presented = givenNonEmptyText(call.request.accessToken);
  if (presented === undefined) return { code: "A900313" };
  const token = await findAccessToken(context, presented);
  if (typeof token === "string") return { code: lookUpCodes[token] };
  const client = await context.store.read.findClient(context.serviceId, String(token.clientId));
  const code =
    whyUnusable(context, token, client) ??
    (await whyNotTheirs(context, { call, token, client, presented })) ??
    whyNotAllowed(call, token, client);
  return code === undefined ? { token } : { token, code };
}

function whyUnusable({ now }: EngineContext, token: AccessToken, client: Client | undefined) {
  if (token.accessTokenExpiresAt <= now) return "A900317";
  return !client || client.locked ? "A900318" : undefined;
}

type Presented = { call: GrantCall; token: AccessToken; client: Client | undefined; presented: string };

/** Without method and address in the call, the proof has to be for the address of the grant below the endpoint. */
async function whyNotTheirs(context: EngineContext, { call, token, client, presented }: Presented) {
  const { grantManagementEndpoint: endpoint } = context.service;
  const defect = await checkPossession(context, token, {
    request: call.request,
    client,
    accessToken: presented,
    defaultMethod: grantActions[call.action].method,
    defaultUri: endpoint && `${endpoint}/${call.grantId}`,
  });
  return defect && possessionCodes[defect];
}

/** Grants are managed by confidential clients only (Grant Management for OAuth 2.0, 5.1). */
function whyNotAllowed({ action }: GrantCall, { scopes }: AccessToken, client: Client | undefined) {
  if (client?.clientType === "PUBLIC") return "A900329";
  return scopes.includes(grantActions[action].scope) ? undefined : "A900328";
}
