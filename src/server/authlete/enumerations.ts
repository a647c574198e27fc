import { z } from "zod";

/** Enumerations of the Authlete 3.0 API, as far as it lists them today. The wire names are the Java constant names. */

const listed = z.registry<{ values: readonly string[] }>();

/**
 * An enumeration as a member of an answer: the values listed here, and any text that a newer engine adds, because one
 * unlisted value must not spoil a whole answer. Compare with the values you know and refuse the rest.
 *
 * @param enumeration the values known today; they complete in editors and are checked in comparisons.
 */
export function openEnum<Values extends z.core.util.EnumLike>(
  enumeration: z.ZodEnum<Values>,
): z.ZodType<Values[keyof Values] | (string & Record<never, never>)> {
  return z.string().register(listed, { values: enumeration.options.map(String) });
}

/** The values that an enumeration has today, open or not; `undefined` for every other schema. */
export function listedValues(schema: z.core.$ZodType): readonly string[] | undefined {
  return schema instanceof z.ZodEnum ? schema.options.map(String) : listed.get(schema)?.values;
}

export const grantTypeSchema = z.enum([
  "AUTHORIZATION_CODE",
  "IMPLICIT",
  "PASSWORD",
  "CLIENT_CREDENTIALS",
  "REFRESH_TOKEN",
  "CIBA",
  "DEVICE_CODE",
  "TOKEN_EXCHANGE",
  "JWT_BEARER",
  "PRE_AUTHORIZED_CODE",
]);
export type GrantType = z.infer<typeof grantTypeSchema>;

export const responseTypeSchema = z.enum([
  "NONE",
  "CODE",
  "TOKEN",
  "ID_TOKEN",
  "CODE_TOKEN",
  "CODE_ID_TOKEN",
  "ID_TOKEN_TOKEN",
  "CODE_ID_TOKEN_TOKEN",
]);
export type ResponseType = z.infer<typeof responseTypeSchema>;

export const clientAuthMethodSchema = z.enum([
  "NONE",
  "CLIENT_SECRET_BASIC",
  "CLIENT_SECRET_POST",
  "CLIENT_SECRET_JWT",
  "PRIVATE_KEY_JWT",
  "TLS_CLIENT_AUTH",
  "SELF_SIGNED_TLS_CLIENT_AUTH",
  "ATTEST_JWT_CLIENT_AUTH",
]);
export type ClientAuthMethod = z.infer<typeof clientAuthMethodSchema>;

export const clientTypeSchema = z.enum(["PUBLIC", "CONFIDENTIAL"]);
export type ClientType = z.infer<typeof clientTypeSchema>;

export const applicationTypeSchema = z.enum(["WEB", "NATIVE"]);
export type ApplicationType = z.infer<typeof applicationTypeSchema>;

export const subjectTypeSchema = z.enum(["PUBLIC", "PAIRWISE"]);
export type SubjectType = z.infer<typeof subjectTypeSchema>;

export const promptSchema = z.enum(["NONE", "LOGIN", "CONSENT", "SELECT_ACCOUNT", "CREATE"]);
export type Prompt = z.infer<typeof promptSchema>;

export const displaySchema = z.enum(["PAGE", "POPUP", "TOUCH", "WAP"]);
export type Display = z.infer<typeof displaySchema>;

export const jwsAlgSchema = z.enum([
  "NONE",
  "HS256",
  "HS384",
  "HS512",
  "RS256",
  "RS384",
  "RS512",
  "ES256",
  "ES384",
  "ES512",
  "PS256",
  "PS384",
  "PS512",
  "ES256K",
  "EdDSA",
]);
export type JwsAlg = z.infer<typeof jwsAlgSchema>;

export const jweAlgSchema = z.enum([
  "RSA1_5",
  "RSA_OAEP",
  "RSA_OAEP_256",
  "A128KW",
  "A192KW",
  "A256KW",
  "DIR",
  "ECDH_ES",
  "ECDH_ES_A128KW",
  "ECDH_ES_A192KW",
  "ECDH_ES_A256KW",
  "A128GCMKW",
  "A192GCMKW",
  "A256GCMKW",
  "PBES2_HS256_A128KW",
  "PBES2_HS384_A192KW",
  "PBES2_HS512_A256KW",
]);
export type JweAlg = z.infer<typeof jweAlgSchema>;

export const jweEncSchema = z.enum([
  "A128CBC_HS256",
  "A192CBC_HS384",
  "A256CBC_HS512",
  "A128GCM",
  "A192GCM",
  "A256GCM",
]);
export type JweEnc = z.infer<typeof jweEncSchema>;

export const deliveryModeSchema = z.enum(["PING", "POLL", "PUSH"]);
export type DeliveryMode = z.infer<typeof deliveryModeSchema>;

export const userCodeCharsetSchema = z.enum(["BASE20", "NUMERIC"]);
export type UserCodeCharset = z.infer<typeof userCodeCharsetSchema>;

export const tokenTypeSchema = z.enum([
  "JWT",
  "ACCESS_TOKEN",
  "REFRESH_TOKEN",
  "ID_TOKEN",
  "SAML1",
  "SAML2",
  "DEVICE_SECRET",
]);
export type TokenType = z.infer<typeof tokenTypeSchema>;

export const fapiModeSchema = z.enum([
  "FAPI1_ADVANCED",
  "FAPI1_BASELINE",
  "FAPI2_MESSAGE_SIGNING_AUTH_REQ",
  "FAPI2_MESSAGE_SIGNING_AUTH_RES",
  "FAPI2_MESSAGE_SIGNING_INTROSPECTION_RES",
  "FAPI2_SECURITY",
]);
export type FapiMode = z.infer<typeof fapiModeSchema>;

export const serviceProfileSchema = z.enum(["FAPI", "OPEN_BANKING"]);
export type ServiceProfile = z.infer<typeof serviceProfileSchema>;

export const claimTypeSchema = z.enum(["NORMAL", "AGGREGATED", "DISTRIBUTED"]);
export type ClaimType = z.infer<typeof claimTypeSchema>;

export const clientRegistrationTypeSchema = z.enum(["AUTOMATIC", "EXPLICIT"]);
export type ClientRegistrationType = z.infer<typeof clientRegistrationTypeSchema>;

export const attachmentTypeSchema = z.enum(["EMBEDDED", "EXTERNAL"]);
export type AttachmentType = z.infer<typeof attachmentTypeSchema>;

export const verifiedClaimsValidationSchema = z.enum(["standard", "standard+id_document"]);
export type VerifiedClaimsValidation = z.infer<typeof verifiedClaimsValidationSchema>;

export const snsSchema = z.enum(["FACEBOOK"]);

export const responseModeSchema = z.enum([
  "QUERY",
  "FRAGMENT",
  "FORM_POST",
  "JWT",
  "QUERY_JWT",
  "FRAGMENT_JWT",
  "FORM_POST_JWT",
]);
export type ResponseMode = z.infer<typeof responseModeSchema>;

/** How a client came to be registered. */
export const clientSourceSchema = z.enum([
  "DYNAMIC_REGISTRATION",
  "AUTOMATIC_REGISTRATION",
  "EXPLICIT_REGISTRATION",
  "METADATA_DOCUMENT",
  "STATIC_REGISTRATION",
]);

/** What a client application does with a grant (Grant Management for OAuth 2.0). */
export const grantManagementActionSchema = z.enum(["CREATE", "QUERY", "REPLACE", "REVOKE", "MERGE"]);
export type GrantManagementAction = z.infer<typeof grantManagementActionSchema>;

/** How a transaction on another device ended: of the device grant, of CIBA. */
export const transactionResultSchema = z.enum(["AUTHORIZED", "ACCESS_DENIED", "TRANSACTION_FAILED"]);
export type TransactionResult = z.infer<typeof transactionResultSchema>;
