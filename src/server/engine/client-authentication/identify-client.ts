import type { Client } from "../../authlete/client.ts";
import type { Service } from "../../authlete/service.ts";
import type { EngineContext } from "../context.ts";
import { readCompactJws } from "../jose/compact.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import type { ClientCredentials, IdentifiedClient } from "./credentials.ts";
import { identifyByGrant } from "./identify-by-grant.ts";

/**
 * Finds the client that a request names: in the Authorization header, in `client_id`, as issuer of its assertion, or, where the service
 * allows that and the client is public, through its authorization code or refresh token. Nothing is proved by that.
 *
 * @param unnamed the refusal for a request with no hint of its client.
 */
export async function identifyClient(
  context: EngineContext,
  credentials: ClientCredentials,
  unnamed: RefusalCode = "A244305",
): Promise<IdentifiedClient> {
  const identifier = namedIdentifier(credentials) ?? assertedIdentifier(credentials);
  if (identifier !== undefined) return findUsableClient(context, identifier);
  if (!context.service.missingClientIdAllowed) refuse(unnamed);
  return identifyByGrant(context, credentials.form, unnamed);
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

/** Who claims to have made the assertion (RFC 7523 3). */
function assertedIdentifier({ form }: ClientCredentials): string | undefined {
  const assertions = form.get("client_assertion");
  if (!assertions) return undefined;
  if (assertions.length > 1) refuse("A244302");
  const payload = readCompactJws(assertions[0] ?? "")?.payload ?? refuse("A244303");
  return typeof payload.iss === "string" && payload.iss !== "" ? payload.iss : refuse("A244304");
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

function unknownClient(service: Service, identifier: string): RefusalCode {
  const mayBeAlias = service.clientIdAliasEnabled === true && !/^\d+$/.test(identifier);
  return mayBeAlias ? "A048323" : "A048304";
}

/** Whether an identifier that led to a client was its alias. */
export function isAlias(client: Client, identifier: string): boolean {
  return identifier !== String(client.clientId);
}

/** Both the service and the client have to allow aliases. */
export function aliasAllowed(service: Service, client: Client): boolean {
  return service.clientIdAliasEnabled === true && client.clientIdAliasEnabled === true;
}

/** Longer ones do not fit into the indexes of every database. */
const LONGEST_IDENTIFIER = 500;

/** No stored identifier has control characters or half characters, or is very long; not every database may be asked for such. */
export function isStorable(identifier: string): boolean {
  if (identifier.length > LONGEST_IDENTIFIER) return false;
  return identifier.isWellFormed() && !/\p{Cc}/u.test(identifier);
}
