import { type Client, clientSchema } from "../../authlete/client.ts";
import type { ResponseType } from "../../authlete/enumerations.ts";
import type { Service } from "../../authlete/service.ts";
import { responseTypeOf } from "../authorization/response/response-type.ts";
import { failedCheck } from "../client/client-checks.ts";
import { derivedSector } from "../client/sector.ts";
import { readJsonObject } from "../json-object.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import { grantTypeNamed } from "../token/grant-type.ts";
import { registeredNames, scopeNames } from "../token/scopes.ts";
import { unlistedMember } from "../unlisted-member.ts";
import { readLocalized } from "./localized.ts";
import { metadataNames } from "./metadata-names.ts";
import { readMetadataValue } from "./metadata-value.ts";

type Metadata = Readonly<Record<string, unknown>>;

/** What a registration gets that does not say otherwise (RFC 7591 2, OpenID Connect Dynamic Registration 2). */
const defaults: Client = {
  grantTypes: ["AUTHORIZATION_CODE"],
  applicationType: "WEB",
  tokenAuthMethod: "CLIENT_SECRET_BASIC",
  subjectType: "PUBLIC",
  idTokenSignAlg: "RS256",
};

/**
 * The settings of a client in client metadata (RFC 7591 2). Members that are not known are left aside, as RFC 7591 wants.
 *
 * @param json the metadata as JSON text, as received.
 */
export function readClientMetadata(service: Service, json: string): { client: Client; metadata: Metadata } {
  const metadata = withoutNulls(readJsonObject(json) ?? refuse("A203303"));
  const client: Client = {
    ...defaults,
    ...readPlain(metadata),
    ...readLocalized(metadata),
    ...readTypes(metadata),
    ...readScope(service, metadata),
    ...readCustom(service, metadata),
  };
  client.clientType = client.tokenAuthMethod === "NONE" ? "PUBLIC" : "CONFIDENTIAL";
  checkMembers(client);
  return { client: { ...client, ...derivedSector(client) }, metadata };
}

function checkMembers(client: Client): void {
  if (unlistedMember(clientSchema, client) !== undefined) refuse("A900306");
  if (client.jwks && client.jwksUri) refuse("A204301");
  const wrong = failedCheck(client);
  if (wrong !== undefined) refuse(memberCodes[wrong] ?? "A900306");
}

const memberCodes: Partial<Record<string, RefusalCode>> = {
  redirectUris: "A900305",
  jwks: "A204311",
  jwksUri: "A204307",
  sectorIdentifierUri: "A204313",
  requestUris: "A204313",
  bcNotificationEndpoint: "A204313",
  defaultMaxAge: "A204309",
  clientUri: "A204307",
  clientUris: "A204307",
  logoUri: "A204307",
  logoUris: "A204307",
  policyUri: "A204307",
  policyUris: "A204307",
  tosUri: "A204307",
  tosUris: "A204307",
  loginUri: "A204307",
};

/** A `null` member is treated as an omitted one (RFC 7592 2.2). */
function withoutNulls(metadata: Metadata): Metadata {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null));
}

function readPlain(metadata: Metadata): Client {
  const present = Object.entries(metadataNames).filter(([name]) => metadata[name] !== undefined);
  return Object.fromEntries(
    present.map(([name, [member, kind]]) => [member, readMetadataValue(kind, metadata[name])]),
  );
}

/** Response types are for the grant types that use the authorization endpoint: only those have a default (RFC 7591 2.1). */
function readTypes(metadata: Metadata): Client {
  const grantTypes =
    metadata.grant_types === undefined
      ? (defaults.grantTypes ?? [])
      : texts(metadata.grant_types).map((value) => grantTypeNamed(value) ?? refuse("A900306"));
  if (metadata.response_types === undefined) {
    return { grantTypes, responseTypes: grantTypes.includes("AUTHORIZATION_CODE") ? ["CODE"] : [] };
  }
  const responseTypes = texts(metadata.response_types).map(
    (value): ResponseType => responseTypeOf(value) ?? refuse("A900306"),
  );
  return { grantTypes, responseTypes };
}

/** Where the service wants it, the registered scopes are the only ones the client may ask for. */
function readScope(service: Service, { scope }: Metadata): Client {
  if (scope === undefined) return {};
  const names = scopeNames(typeof scope === "string" ? scope : refuse("A204308"));
  if (!service.dcrScopeUsedAsRequestable) return {};
  if (registeredNames(service, names).length < names.length) refuse("A900312");
  return { extension: { requestableScopesEnabled: true, requestableScopes: names } };
}

function readCustom({ supportedCustomClientMetadata = [] }: Service, metadata: Metadata): Client {
  const present = supportedCustomClientMetadata.filter((name) => metadata[name] !== undefined);
  if (present.length === 0) return {};
  return {
    customMetadata: JSON.stringify(Object.fromEntries(present.map((name) => [name, metadata[name]]))),
  };
}

function texts(value: unknown): string[] {
  return readMetadataValue("texts", value) as string[];
}
