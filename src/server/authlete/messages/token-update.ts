import { z } from "zod";
import { authorizationDetailsSchema, propertySchema } from "../members.ts";
import { answer, branch } from "../result.ts";

/** `POST auth/token/update`: changes an access token and its refresh token. What is left out stays as it is. */
export const tokenUpdateRequestSchema = z.object({
  /** One of these tells which token. */
  accessToken: z.string().optional(),
  accessTokenHash: z.string().optional(),
  refreshToken: z.string().optional(),
  refreshTokenHash: z.string().optional(),
  tokenId: z.string().optional(),
  /** Milliseconds since the epoch; 0 keeps them. */
  accessTokenExpiresAt: z.int().optional(),
  refreshTokenExpiresAt: z.int().optional(),
  scopes: z.array(z.string()).optional(),
  /** New scopes also bring new lifetimes, counted from now. */
  accessTokenExpiresAtUpdatedOnScopeUpdate: z.boolean().optional(),
  refreshTokenExpiresAtUpdatedOnScopeUpdate: z.boolean().optional(),
  properties: z.array(propertySchema).optional(),
  /** The access token never expires. */
  accessTokenPersistent: z.boolean().optional(),
  /** The access token gets a new value. */
  accessTokenValueUpdated: z.boolean().optional(),
  certificateThumbprint: z.string().optional(),
  dpopKeyThumbprint: z.string().optional(),
  authorizationDetails: authorizationDetailsSchema.optional(),
  forExternalAttachment: z.boolean().optional(),
});
export type TokenUpdateRequest = z.infer<typeof tokenUpdateRequestSchema>;

/** The answer of `auth/token/update`. */
export const tokenUpdateResponseSchema = answer([
  branch("OK", {
    /** The new value, where it changed. */
    accessToken: z.string().optional(),
    accessTokenExpiresAt: z.int().optional(),
    refreshTokenExpiresAt: z.int().optional(),
    scopes: z.array(z.string()).optional(),
    properties: z.array(propertySchema).optional(),
    authorizationDetails: authorizationDetailsSchema.optional(),
    tokenType: z.string().optional(),
    forExternalAttachment: z.boolean().optional(),
    tokenId: z.string().optional(),
  }),
  branch("BAD_REQUEST", {}),
  branch("FORBIDDEN", {}),
  branch("NOT_FOUND", {}),
  branch("INTERNAL_SERVER_ERROR", {}),
]);
export type TokenUpdateResponse = z.infer<typeof tokenUpdateResponseSchema>;
