import { z } from "zod";
import { answer, branch } from "../result.ts";
import { idTokenMembers } from "../user-decision.ts";

/** `POST nativesso`: builds the token response of Native SSO, when `auth/token` answered `NATIVE_SSO`. */
export const nativeSsoRequestSchema = z.object({
  /** As `auth/token` answered: the JWT where access tokens are JWTs. */
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  /** That of the answer of `auth/token`; where it has none, a new one. */
  deviceSecret: z.string(),
  /** The claim `ds_hash`; when not given, it is the SHA-256 of the secret. */
  deviceSecretHash: z.string().optional(),
  ...idTokenMembers,
});
export type NativeSsoRequest = z.infer<typeof nativeSsoRequestSchema>;

/** The answer of `nativesso`: the token response for the client application. */
export const nativeSsoResponseSchema = answer([
  branch("OK", { responseContent: z.string(), idToken: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
  branch("CALLER_ERROR", { responseContent: z.string().optional() }),
]);
export type NativeSsoResponse = z.infer<typeof nativeSsoResponseSchema>;
