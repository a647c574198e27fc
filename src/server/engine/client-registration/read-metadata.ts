import type { Client } from "../../authlete/client.ts";
import type { ResponseType } from "../../authlete/enumerations.ts";
import type { Service } from "../../authlete/service.ts";
import { responseTypeOf } from "../authorization/response/response-type.ts";
import { wrongMember } from "../client/client-settings.ts";
import { readJsonObject } from "../json-object.ts";
import { refuse } from "../refusal.ts";
import { grantTypeNamed } from "../token/grant-type.ts";
import { grantableScopes, scopeNames } from "../token/scopes.ts";
import { readLocalized } from "./localized.ts";
import { metadataNames } from "./metadata-names.ts";
import { readMetadataValue } from "./metadata-value.ts";

type Metadata = Readonly<Record<string, unknown>>;

/** What a registration gets that does not say otherwise (RFC 7591 2, OpenID Connect Dynamic Registration 2). */
const defaults: Client = {
  responseTypes: ["CODE"],
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
  const metadata = withoutNulls(readJsonObject(json) ?? refuse("A900304"));
  const client: Client = {
    ...defaults,
    ...readPlain(metadata),
    ...readLocalized(metadata),
    ...readTypes(metadata),
    ...readScope(service, metadata),
    ...readCustom(service, metadata),
  };
  client.clientType = client.tokenAuthMethod === "NONE" ? "PUBLIC" : "CONFIDENTIAL";
  const wrong = wrongMember(client);
  if (wrong !== undefined) refuse(wrong === "redirectUris" ? "A900305" : codeOf(wrong));
  return { client, metadata };
}

function codeOf(member: string) {
  return member === "jwks" || member === "jwksUri" ? "A900307" : "A900306";
}

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

function readTypes(metadata: Metadata): Client {
  return {
    ...(metadata.grant_types !== undefined && {
      grantTypes: texts(metadata.grant_types).map((value) => grantTypeNamed(value) ?? refuse("A900306")),
    }),
    ...(metadata.response_types !== undefined && {
      responseTypes: texts(metadata.response_types).map(
        (value): ResponseType => responseTypeOf(value) ?? refuse("A900306"),
      ),
    }),
  };
}

/** Where the service wants it, the registered scopes are the only ones the client may ask for. */
function readScope(service: Service, { scope }: Metadata): Client {
  if (scope === undefined) return {};
  const names = scopeNames(typeof scope === "string" ? scope : refuse("A900306"));
  if (!service.dcrScopeUsedAsRequestable) return {};
  if (grantableScopes(service, {}, names).length < names.length) refuse("A900312");
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
