import { z } from "zod";

/**
 * What each procedure may answer: white lists that run in production too. They take the engine's answer, keep the members that are named
 * here, and turn times into `Date`s.
 */

const time = z.int().transform((ms) => new Date(ms));
const clientId = z.int().transform(String);
const texts = z.array(z.string()).optional();
const text = z.string().optional();
const seconds = z.int().optional();
const flag = z.boolean().optional();
const pairs = z.array(z.object({ key: text, value: text })).optional();
const properties = z.array(z.object({ key: text, value: text, hidden: flag })).optional();
const authorizationDetails = z
  .object({ elements: z.array(z.looseObject({ type: z.string() })).optional() })
  .optional();

const result = { resultCode: text, resultMessage: text };

const client = {
  clientIdAlias: text,
  clientIdAliasUsed: flag,
  clientEntityId: text,
  clientEntityIdUsed: flag,
  metadataDocumentLocation: text,
  metadataDocumentUsed: flag,
};

const grant = {
  properties,
  accessTokenResources: texts,
  authorizationDetails,
  serviceAttributes: pairs,
  clientAttributes: pairs,
};

const tokens = {
  accessToken: z.string(),
  accessTokenDuration: seconds,
  jwtAccessToken: text,
  refreshToken: text,
  refreshTokenExpiresAt: time.optional(),
  refreshTokenDuration: seconds,
  refreshTokenScopes: texts,
};

/** All that a browser learns of its tokens. */
export const browserIssueSchema = z.strictObject({
  action: z.literal("OK"),
  subject: z.string(),
  clientId: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.date(),
});

/** The answer to back ends and code of this process. */
export const fullIssueSchema = z
  .object({
    ...result,
    ...client,
    ...grant,
    ...tokens,
    action: z.literal("OK"),
    subject: z.string(),
    clientId,
    scopes: z.array(z.string()).default([]),
    accessTokenExpiresAt: time,
    responseContent: z.string(),
  })
  .transform(({ accessTokenExpiresAt, ...rest }) => ({ ...rest, expiresAt: accessTokenExpiresAt }));

const requestContext = {
  ...result,
  ...client,
  ...grant,
  clientId: clientId.optional(),
  responseContent: text,
  grantType: text,
  clientAuthMethod: text,
  subject: text,
  scopes: texts,
  resources: texts,
  grantId: text,
  dpopNonce: text,
};

const issuedByRequest = {
  ...requestContext,
  ...tokens,
  accessTokenExpiresAt: time.optional(),
  previousRefreshTokenUsed: flag,
  idToken: text,
};

const tokenInfo = z
  .object({
    clientId: clientId.optional(),
    subject: text,
    expiresAt: time.optional(),
    properties,
    resources: texts,
  })
  .optional();

/** The answer of `token.request`, by `action`. */
export const requestSchema = z.discriminatedUnion("action", [
  z.object({ ...issuedByRequest, action: z.literal("OK") }),
  z.object({
    ...requestContext,
    action: z.literal("PASSWORD"),
    username: z.string(),
    password: z.string(),
    ticket: z.string(),
  }),
  z.object({ ...requestContext, action: z.literal("BAD_REQUEST") }),
  z.object({ ...requestContext, action: z.literal("INVALID_CLIENT") }),
  z.object({ ...requestContext, action: z.literal("INTERNAL_SERVER_ERROR") }),
  z.object({
    ...requestContext,
    action: z.literal("TOKEN_EXCHANGE"),
    audiences: texts,
    requestedTokenType: text,
    subjectToken: text,
    subjectTokenType: text,
    subjectTokenInfo: tokenInfo,
    actorToken: text,
    actorTokenType: text,
    actorTokenInfo: tokenInfo,
  }),
  z.object({ ...requestContext, action: z.literal("JWT_BEARER"), assertion: text }),
  z.object({
    ...issuedByRequest,
    action: z.literal("NATIVE_SSO"),
    sessionId: text,
    deviceSecret: text,
    deviceSecretHash: text,
  }),
  z.object({ ...issuedByRequest, action: z.literal("ID_TOKEN_REISSUABLE"), requestedIdTokenClaims: texts }),
]);

/** The answer of `token.fail`: the error for the client application. */
export const failSchema = z.object({
  ...result,
  action: z.literal("BAD_REQUEST"),
  responseContent: z.string(),
});

/** The answer of `token.introspect`. */
export const introspectSchema = z.object({
  ...result,
  ...client,
  ...grant,
  action: z.enum(["OK", "BAD_REQUEST", "UNAUTHORIZED", "FORBIDDEN", "INTERNAL_SERVER_ERROR"]),
  clientId: clientId.optional(),
  responseContent: text,
  subject: text,
  scopes: texts,
  existent: flag,
  usable: flag,
  sufficient: flag,
  refreshable: flag,
  expiresAt: time.optional(),
  resources: texts,
  certificateThumbprint: text,
  grantId: text,
  grantType: text,
  consentedClaims: texts,
  acr: text,
  authTime: seconds.describe("Seconds since the epoch."),
  dpopNonce: text,
});

/** The answer of `token.revoke`. */
export const revokeSchema = z.object({
  ...result,
  action: z.enum(["OK", "BAD_REQUEST", "INVALID_CLIENT", "INTERNAL_SERVER_ERROR"]),
  responseContent: text,
});
