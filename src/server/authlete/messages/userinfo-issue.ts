import { z } from "zod";
import { pairSchema } from "../members.ts";
import { answer, branch } from "../result.ts";

/** `POST auth/userinfo/issue`: builds the answer of the userinfo endpoint from the values of claims. */
export const userinfoIssueRequestSchema = z.object({
  token: z.string(),
  /** JSON text of an object with the values of claims; names may carry a locale (`name#ja`). */
  claims: z.string().optional(),
  /** The claim `sub`, where it is not the subject of the token. */
  sub: z.string().optional(),
  /** JSON texts with values for transformed claims. */
  claimsForTx: z.string().optional(),
  verifiedClaimsForTx: z.array(z.string()).optional(),
  /** The headers and the signature of the request, to be covered by that of the answer (RFC 9421). */
  headers: z.array(pairSchema).optional(),
  requestSignature: z.string().optional(),
});
export type UserinfoIssueRequest = z.infer<typeof userinfoIssueRequestSchema>;

const issued = {
  responseContent: z.string(),
  /** For the headers of these names. */
  signature: z.string().optional(),
  signatureInput: z.string().optional(),
  contentDigest: z.string().optional(),
};

/** The answer of `auth/userinfo/issue`; where it refuses, `responseContent` is a `WWW-Authenticate` value. */
export const userinfoIssueResponseSchema = answer([
  branch("JSON", issued),
  branch("JWT", issued),
  branch("BAD_REQUEST", { responseContent: z.string() }),
  branch("UNAUTHORIZED", { responseContent: z.string() }),
  branch("FORBIDDEN", { responseContent: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
]);
export type UserinfoIssueResponse = z.infer<typeof userinfoIssueResponseSchema>;
