import type { Client } from "../../authlete/client.ts";
import type { GrantType } from "../../authlete/enumerations.ts";
import type { Service } from "../../authlete/service.ts";
import { isResponseType, responseTypeValue } from "../authorization/response/response-type.ts";
import { isHmac } from "../jose/hmac.ts";
import { readJsonObject } from "../json-object.ts";
import { grantTypeValue } from "../token/grant-type.ts";
import { writeLocalized } from "./localized.ts";
import { metadataNames } from "./metadata-names.ts";
import { writeMetadataValue } from "./metadata-value.ts";

/**
 * The client information response (RFC 7591 3.2.1, RFC 7592 3): the registered metadata as JSON text, with the client's identifier
 * and, for a client that uses one, its secret.
 *
 * @param registrationAccessToken the token for the client configuration endpoint, where it is known or new.
 */
export function clientInformation(
  service: Service,
  client: Client & { clientId: number },
  registrationAccessToken: string | undefined,
): string {
  return JSON.stringify({
    ...(client.customMetadata && readJsonObject(client.customMetadata)),
    client_id: String(client.clientId),
    client_id_issued_at: Math.floor((client.createdAt ?? 0) / 1000),
    ...secretMembers(client),
    ...(registrationAccessToken && { registration_access_token: registrationAccessToken }),
    ...configurationMember(service, client),
    ...writePlain(client),
    ...writeLocalized(client),
    ...writeTypes(client),
    ...writeScope(client),
  });
}

const withSecret: ReadonlySet<string> = new Set([
  "CLIENT_SECRET_BASIC",
  "CLIENT_SECRET_POST",
  "CLIENT_SECRET_JWT",
]);

/** Algorithms that use the secret show it as well: the client could not sign or verify otherwise. */
function secretMembers(client: Client): Record<string, unknown> {
  const { idTokenSignAlg, userInfoSignAlg, authorizationSignAlg, requestSignAlg } = client;
  const signatures = [idTokenSignAlg, userInfoSignAlg, authorizationSignAlg, requestSignAlg];
  const usesSecret = withSecret.has(client.tokenAuthMethod ?? "") || signatures.some(isHmac);
  if (!usesSecret || !client.clientSecret) return {};
  return { client_secret: client.clientSecret, client_secret_expires_at: 0 };
}

function configurationMember(service: Service, { clientId }: Client): Record<string, unknown> {
  const endpoint = service.registrationManagementEndpoint || service.registrationEndpoint;
  return endpoint ? { registration_client_uri: `${endpoint.replace(/\/+$/, "")}/${clientId}` } : {};
}

function writePlain(client: Client): Record<string, unknown> {
  const present = Object.entries(metadataNames).filter(([, [member]]) => client[member] !== undefined);
  return Object.fromEntries(
    present.map(([name, [member, kind]]) => [name, writeMetadataValue(kind, client[member])]),
  );
}

function writeTypes({ grantTypes = [], responseTypes = [] }: Client): Record<string, unknown> {
  return {
    grant_types: grantTypes.map((type) => grantTypeValue(type as GrantType)),
    response_types: responseTypes.filter(isResponseType).map(responseTypeValue),
  };
}

function writeScope({ extension }: Client): Record<string, unknown> {
  const { requestableScopesEnabled, requestableScopes = [] } = extension ?? {};
  return requestableScopesEnabled ? { scope: requestableScopes.join(" ") } : {};
}
