import { z } from "zod";
import { tokenFailReasonSchema } from "../authlete/messages/token-fail.ts";

const ticketSchema = z
  .string()
  .min(1, "is empty")
  .max(512, "is too long")
  .describe(
    "From the answer PASSWORD of token.request; a browser gives the handle that login.password gave it.",
  );

/** 1 to 100 characters of ASCII without control characters. */
export const subjectSchema = z
  .string()
  .min(1, "is empty")
  .max(100, "has more than 100 characters")
  .regex(/^[\x20-\x7e]*$/, "has characters other than printable ASCII")
  .describe("Unique identifier of the authenticated user.");

const secondsSchema = z.int("is not a whole number").positive("is not positive");

const extras = {
  properties: z
    .array(
      z.strictObject({
        key: z.string(),
        value: z.string().optional(),
        hidden: z.boolean().optional().describe("Not shown to the client application; true unless said."),
      }),
    )
    .optional()
    .describe("Extra properties of the access token."),
  jwtAtClaims: z
    .union([z.string(), z.record(z.string(), z.unknown())], "is not a JSON object")
    .optional()
    .describe(
      "Extra claims of a JWT access token: an object, or its JSON text. Registered claims are refused.",
    ),
  accessToken: z
    .string()
    .optional()
    .describe(
      "The value of the access token, at least 192 bits of entropy; refused when it was seen before.",
    ),
  accessTokenDuration: secondsSchema.optional().describe("Seconds; shorter than what the service grants."),
  refreshTokenDuration: secondsSchema.optional().describe("Seconds; shorter than what the service grants."),
};

/** Input of `token.issue`: the fields of the API and nothing else. */
export const tokenIssueInputSchema = z.strictObject({
  ticket: ticketSchema,
  subject: subjectSchema,
  ...extras,
});

/** Input of `token.request`: the fields of `auth/token`. */
export const tokenRequestInputSchema = z.strictObject({
  parameters: z.string().describe("The whole form body of the token request."),
  clientId: z.string().optional().describe("User part of HTTP Basic credentials."),
  clientSecret: z.string().optional().describe("Password part of HTTP Basic credentials."),
  clientCertificate: z.string().optional(),
  clientCertificatePath: z.array(z.string()).optional(),
  dpop: z.string().optional(),
  htm: z.string().optional(),
  htu: z.string().optional(),
  dpopNonceRequired: z.boolean().optional(),
  oauthClientAttestation: z.string().optional(),
  oauthClientAttestationPop: z.string().optional(),
  ...extras,
});

/** Input of `token.fail`. */
export const tokenFailInputSchema = z.strictObject({ ticket: ticketSchema, reason: tokenFailReasonSchema });

/** Input of `token.introspect`: the fields of `auth/introspection` that need no HTTP request of a resource server. */
export const tokenIntrospectInputSchema = z.strictObject({
  token: z.string().min(1, "is empty"),
  scopes: z.array(z.string()).optional().describe("Scopes that the resource demands."),
  subject: z.string().optional().describe("Subject that the resource demands."),
  resources: z.array(z.string()).optional(),
  acrValues: z.array(z.string()).optional(),
  maxAge: z.int().nonnegative().optional().describe("Seconds since the user was authenticated."),
  clientCertificate: z.string().optional(),
  dpop: z.string().optional(),
  htm: z.string().optional(),
  htu: z.string().optional(),
});

/** Input of `token.revoke`: the fields of `auth/revocation`. */
export const tokenRevokeInputSchema = z.strictObject({
  parameters: z.string().describe("The whole form body of the revocation request (RFC 7009)."),
  clientId: z.string().optional().describe("User part of HTTP Basic credentials."),
  clientSecret: z.string().optional().describe("Password part of HTTP Basic credentials."),
  clientCertificate: z.string().optional(),
  clientCertificatePath: z.array(z.string()).optional(),
});
