import { z } from "zod";
import { transactionResultSchema } from "../enumerations.ts";
import { propertySchema } from "../members.ts";
import { answer, branch } from "../result.ts";

/** `POST device/complete`: what the user decided about a device. */
export const deviceCompleteRequestSchema = z.object({
  userCode: z.string(),
  result: transactionResultSchema,
  /** Unique identifier of the user, 1 to 100 ASCII characters; only with `AUTHORIZED`. */
  subject: z.string().optional(),
  /** The claim `sub` of ID tokens, where it is not `subject`. */
  sub: z.string().optional(),
  /** Seconds since the epoch. */
  authTime: z.int().optional(),
  acr: z.string().optional(),
  /** JSON text of an object with the values of claims. */
  claims: z.string().optional(),
  properties: z.array(propertySchema).optional(),
  /** Replaces the scopes asked for. */
  scopes: z.array(z.string()).optional(),
  consentedClaims: z.array(z.string()).optional(),
  /** JSON text of an object, merged into the header of the ID token. */
  idtHeaderParams: z.string().optional(),
  /** JSON text of an object with extra payload claims of a JWT access token. */
  jwtAtClaims: z.string().optional(),
  /** Seconds; 0 and negative values count as not given. */
  accessTokenDuration: z.int().optional(),
  refreshTokenDuration: z.int().optional(),
  /** `array` or `string`. */
  idTokenAudType: z.string().optional(),
  /** For the client application, when the user said no or the transaction failed. */
  errorDescription: z.string().optional(),
  errorUri: z.string().optional(),
});
export type DeviceCompleteRequest = z.infer<typeof deviceCompleteRequestSchema>;

/** The answer of `device/complete`. */
export const deviceCompleteResponseSchema = answer([
  branch("SUCCESS", {}),
  branch("INVALID_REQUEST", {}),
  branch("USER_CODE_EXPIRED", {}),
  branch("USER_CODE_NOT_EXIST", {}),
  branch("SERVER_ERROR", {}),
]);
export type DeviceCompleteResponse = z.infer<typeof deviceCompleteResponseSchema>;
