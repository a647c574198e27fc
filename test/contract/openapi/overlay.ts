import type { OperationName } from "../../../src/server/authlete/operations.ts";
import type { OpenApi, OpenApiSchema } from "../../support/openapi.ts";

/** A schema that the document has wrong: a member of it, the values of a member, its required members, or the whole. */
export type SchemaCorrection = { schema: string; reason: string } & (
  | { member: string; is: OpenApiSchema }
  | { member: string; also: readonly string[] }
  | { required: readonly string[] }
  | { is: OpenApiSchema }
);

/** A member that a message of one operation has or, without `is`, has not, against the schema that it shares with others. */
export type MessageCorrection = {
  operation: OperationName;
  message: "request" | "response";
  member: string;
  is?: OpenApiSchema;
  reason: string;
};

const text: OpenApiSchema = { type: "string" };
const to = (name: string): OpenApiSchema => ({ $ref: `#/components/schemas/${name}` });

/** What the official document has wrong (release 3.0.16), one line each, with the reason. */
export const schemaCorrections: readonly SchemaCorrection[] = [
  {
    schema: "token_request",
    member: "properties",
    is: { type: "array", items: to("property") },
    reason: "The API reads a list, as in every other request with properties.",
  },
  {
    schema: "token_type",
    is: {
      type: "string",
      enum: ["JWT", "ACCESS_TOKEN", "REFRESH_TOKEN", "ID_TOKEN", "SAML1", "SAML2", "DEVICE_SECRET"],
    },
    reason: "Three grant types stand in the list by mistake; the Java SDK has these seven.",
  },
  {
    schema: "token_info",
    member: "authorizationDetails",
    is: to("authz_details"),
    reason: "A token has a list of authorization details, not one.",
  },
  {
    schema: "service",
    member: "backchannelLogoutSessionSupported",
    is: { type: "boolean" },
    reason: "Newer than the document: the session becomes the claim `sid` where it is set.",
  },
  {
    schema: "token_response",
    member: "attestationChallenge",
    is: text,
    reason: "Newer than the document: the Java SDK has it since 3.0.28.",
  },
  {
    schema: "token_fail_request",
    member: "reason",
    also: ["INVALID_CLIENT", "UNAUTHORIZED_CLIENT", "INVALID_SCOPE"],
    reason: "Newer than the document: the Java SDK has three more reasons.",
  },
  {
    schema: "authorization_fail_request",
    member: "reason",
    also: ["INVALID_SCOPE", "UNAUTHORIZED_CLIENT", "TEMPORARILY_UNAVAILABLE"],
    reason: "Newer than the document: the Java SDK has three more reasons.",
  },
  {
    schema: "authorization_issue_request",
    required: ["ticket"],
    reason: "With response_type=none nothing is issued to anybody: there need not be a subject.",
  },
  {
    schema: "authorization_ticket_update_request",
    member: "info",
    is: { type: "union" },
    reason:
      "The API reads an object; SDKs that are made from the document can only send a text. Both are taken.",
  },
  {
    schema: "g_m_request",
    required: ["accessToken", "gmAction", "grantId"],
    reason: "The document demands a member `token`, which it does not have.",
  },
  {
    schema: "device_complete_request",
    required: ["userCode", "result"],
    reason: "Only AUTHORIZED comes with a subject.",
  },
  {
    schema: "backchannel_authentication_complete_request",
    required: ["ticket", "result"],
    reason: "Only AUTHORIZED comes with a subject.",
  },
  {
    schema: "device_verification_response",
    member: "action",
    also: ["SERVER_ERROR"],
    reason: "The Java SDK calls the fault SERVER_ERROR. A client takes both, the engine gives neither.",
  },
  {
    schema: "token_update_request",
    member: "refreshToken",
    is: text,
    reason: "Newer than the document: the Java SDK has it since 4.38.",
  },
  {
    schema: "token_update_request",
    member: "refreshTokenHash",
    is: text,
    reason: "Newer than the document: the Java SDK has it since 4.38.",
  },
  {
    schema: "client",
    member: "bcDeliveryMode",
    is: to("delivery_mode"),
    reason: "The document has the list of values, but does not refer to it here.",
  },
  {
    schema: "service_jwks_get_response",
    member: "keys",
    is: {
      type: "array",
      items: { type: "object", properties: { kty: text, kid: text, alg: text } },
    },
    reason: "The document says nothing about the members of a key; RFC 7517 does.",
  },
];

const ofGrantedScopes = {
  operation: "client/authorization/delete",
  message: "response",
  reason: "The document gives it the answer of client/granted_scopes/get. Only the result is in it.",
} as const;

/** Where the document uses one schema for several messages that differ, or leaves a member out. */
export const messageCorrections: readonly MessageCorrection[] = [
  {
    operation: "auth/token/get/list",
    message: "request",
    member: "tokenStatus",
    is: text,
    reason: "Newer than the document: the Java SDK sends it.",
  },
  {
    operation: "client/registration",
    message: "request",
    member: "clientId",
    reason:
      "A client that registers has no identifier yet; the document has one request for all four operations.",
  },
  {
    operation: "client/registration/get",
    message: "request",
    member: "json",
    reason: "Nothing is registered by reading; the document has one request for all four operations.",
  },
  {
    operation: "client/registration/delete",
    message: "request",
    member: "json",
    reason: "Nothing is registered by deleting; the document has one request for all four operations.",
  },
  { ...ofGrantedScopes, member: "serviceApiKey" },
  { ...ofGrantedScopes, member: "clientId" },
  { ...ofGrantedScopes, member: "subject" },
  { ...ofGrantedScopes, member: "latestGrantedScopes" },
  { ...ofGrantedScopes, member: "mergedGrantedScopes" },
  { ...ofGrantedScopes, member: "modifiedAt" },
];

/** The document with corrections of its schemas. */
export function correctedDocument(
  document: OpenApi,
  corrections: readonly SchemaCorrection[] = schemaCorrections,
): OpenApi {
  const schemas = { ...document.components.schemas };
  for (const correction of corrections) {
    schemas[correction.schema] = correctedSchema(schemas[correction.schema] ?? {}, correction);
  }
  return { ...document, components: { ...document.components, schemas } };
}

function correctedSchema(schema: OpenApiSchema, correction: SchemaCorrection): OpenApiSchema {
  if ("required" in correction) return { ...schema, required: [...correction.required] };
  if (!("member" in correction)) return correction.is;
  const was = schema.properties?.[correction.member];
  const is =
    "is" in correction ? correction.is : { ...was, enum: [...(was?.enum ?? []), ...correction.also] };
  return { ...schema, properties: { ...schema.properties, [correction.member]: is } };
}

/** The members of a message with the corrections for it. */
export function correctedMembers(
  members: Record<string, OpenApiSchema>,
  at: { operation: string; message: "request" | "response" },
  corrections: readonly MessageCorrection[],
): Record<string, OpenApiSchema> {
  const corrected = { ...members };
  for (const { operation, message, member, is } of corrections) {
    if (operation !== at.operation || message !== at.message) continue;
    if (is) corrected[member] = is;
    else delete corrected[member];
  }
  return corrected;
}
