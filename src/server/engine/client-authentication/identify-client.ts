import type { Client } from "../../authlete/client.ts";
import type { Service } from "../../authlete/service.ts";
import { hashOf } from "../../secret/hash.ts";
import type { EngineContext } from "../context.ts";
import { requiredParameter } from "../form.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import type { ClientCredentials, IdentifiedClient } from "./credentials.ts";

/**
 * Finds the client that a request names: in the Authorization header, in `client_id`, or, where the service allows that
 * and the client is public, through its refresh token.
 *
 * @param unnamed the refusal for a request with no hint of its client.
 */
export async function identifyClient(
  context: EngineContext,
  credentials: ClientCredentials,
  unnamed: RefusalCode = "A244305",
): Promise<IdentifiedClient> {
  const identifier = namedIdentifier(credentials);
  if (identifier !== undefined) return findUsableClient(context, identifier);
  if (credentials.form.has("client_assertion")) refuse("A157309");
  if (!context.service.missingClientIdAllowed) refuse(unnamed);
  return findClientOfRefreshToken(context, credentials);
}

/** The header wins; it must not contradict the parameter. */
function namedIdentifier({ header, form }: ClientCredentials): string | undefined {
  const values = form.get("client_id");
  if (values && values.length > 1) refuse("A048303");
  const parameter = values?.[0];
  if (header.clientId === undefined) return parameter === "" ? refuse("A048302") : parameter;
  if (parameter && parameter !== header.clientId) refuse("A048312");
  return header.clientId;
}

async function findUsableClient(context: EngineContext, identifier: string): Promise<IdentifiedClient> {
  const client = isStorable(identifier)
    ? await context.store.read.findClient(context.serviceId, identifier)
    : undefined;
  if (client?.clientId === undefined) return refuse(unknownClient(context.service, identifier));
  const aliasUsed = isAlias(client, identifier);
  if (aliasUsed && !aliasAllowed(context.service, client)) refuse("A048324");
  if (client.locked) refuse("A048307");
  return { client, clientId: client.clientId, aliasUsed };
}

async function findClientOfRefreshToken(
  context: EngineContext,
  { form }: ClientCredentials,
): Promise<IdentifiedClient> {
  const refreshToken = requiredParameter(form, "refresh_token", ["A048320", "A048320", "A053303"]);
  const { read } = context.store;
  const token = await read.findByRefreshToken(context.serviceId, hashOf(refreshToken));
  if (!token) return refuse("A048321");
  const client = await read.findClient(context.serviceId, String(token.clientId));
  if (client?.clientId === undefined) return refuse("A048322");
  if (client.clientType !== "PUBLIC") refuse("A244305");
  if (client.locked) refuse("A048307");
  return { client, clientId: client.clientId, aliasUsed: token.clientIdAliasUsed };
}

function unknownClient(service: Service, identifier: string): RefusalCode {
  if (/^\d+$/.test(identifier)) return "A048304";
  return service.clientIdAliasEnabled ? "A048323" : "A048324";
}

/** Whether an identifier that led to a client was its alias. */
export function isAlias(client: Client, identifier: string): boolean {
  return identifier !== String(client.clientId);
}

/** Both the service and the client have to allow aliases. */
export function aliasAllowed(service: Service, client: Client): boolean {
  return service.clientIdAliasEnabled === true && client.clientIdAliasEnabled === true;
}

/** No stored identifier has control characters or half characters; not every database may be asked for them. */
export function isStorable(identifier: string): boolean {
  return identifier.isWellFormed() && !/\p{Cc}/u.test(identifier);
}
