import { z } from "zod";
import { grantTypeSchema, openEnum } from "../enumerations.ts";
import { limitedClientSchema } from "../limited-client.ts";
import { propertySchema } from "../members.ts";
import { rangeMembers } from "../request-members.ts";

/** `GET auth/token/get/list`: the access tokens of the service, of a client, of a user. */
export const tokenGetListRequestSchema = z.object({
  clientIdentifier: z.string().optional(),
  subject: z.string().optional(),
  ...rangeMembers,
  /** `ALL`, `VALID` or `INVALID`. */
  tokenStatus: z.string().optional(),
});

/** A token without its value. Timestamps are milliseconds since the epoch. */
const listedTokenSchema = z.looseObject({
  accessTokenHash: z.string().optional(),
  accessTokenExpiresAt: z.int().optional(),
  refreshTokenHash: z.string().optional(),
  refreshTokenExpiresAt: z.int().optional(),
  createdAt: z.int().optional(),
  lastRefreshedAt: z.int().optional(),
  clientId: z.int().optional(),
  subject: z.string().optional(),
  grantType: openEnum(grantTypeSchema).optional(),
  scopes: z.array(z.string()).optional(),
  properties: z.array(propertySchema).optional(),
  refreshTokenScopes: z.array(z.string()).optional(),
});

export const tokenGetListResponseSchema = z.looseObject({
  ...rangeMembers,
  totalCount: z.int().optional(),
  /** The client and the user that were asked for. */
  client: limitedClientSchema.optional(),
  subject: z.string().optional(),
  accessTokens: z.array(listedTokenSchema).optional(),
});
