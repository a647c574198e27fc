import { z } from "zod";
import { answer, branch } from "../result.ts";

/** `POST idtoken/reissue`: a new ID token after a refresh, when `auth/token` answered `ID_TOKEN_REISSUABLE`. */
export const idTokenReissueRequestSchema = z.object({
  /** As `auth/token` answered: the JWT where access tokens are JWTs. */
  accessToken: z.string(),
  refreshToken: z.string(),
  /** The claim `sub`, where it is not the subject of the tokens. */
  sub: z.string().optional(),
  /** JSON text of an object with the values of claims. */
  claims: z.string().optional(),
  /** JSON text of an object, merged into the header of the ID token. */
  idtHeaderParams: z.string().optional(),
  /** `array` or `string`; `array` when not given. */
  idTokenAudType: z.string().optional(),
});
export type IdTokenReissueRequest = z.infer<typeof idTokenReissueRequestSchema>;

/** The answer of `idtoken/reissue`: the token response for the client application. */
export const idTokenReissueResponseSchema = answer([
  branch("OK", { responseContent: z.string(), idToken: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
  branch("CALLER_ERROR", { responseContent: z.string().optional() }),
]);
export type IdTokenReissueResponse = z.infer<typeof idTokenReissueResponseSchema>;
