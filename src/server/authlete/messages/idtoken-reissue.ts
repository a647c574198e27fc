import { z } from "zod";
import { answer, branch } from "../result.ts";
import { idTokenMembers } from "../user-decision.ts";

/** `POST idtoken/reissue`: a new ID token after a refresh, when `auth/token` answered `ID_TOKEN_REISSUABLE`. */
export const idTokenReissueRequestSchema = z.object({
  /** As `auth/token` answered: the JWT where access tokens are JWTs. */
  accessToken: z.string(),
  refreshToken: z.string(),
  ...idTokenMembers,
});
export type IdTokenReissueRequest = z.infer<typeof idTokenReissueRequestSchema>;

/** The answer of `idtoken/reissue`: the token response for the client application. */
export const idTokenReissueResponseSchema = answer([
  branch("OK", { responseContent: z.string(), idToken: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
  branch("CALLER_ERROR", { responseContent: z.string().optional() }),
]);
export type IdTokenReissueResponse = z.infer<typeof idTokenReissueResponseSchema>;
