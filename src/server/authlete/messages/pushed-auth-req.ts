import { z } from "zod";
import { clientAuthMethodSchema, openEnum } from "../enumerations.ts";
import { clientCredentialMembers, proofMembers } from "../request-members.ts";
import { answer, branch } from "../result.ts";

/** `POST pushed_auth_req`: a pushed authorization request (RFC 9126), handed to the engine as received. */
export const pushedAuthReqRequestSchema = z.object({
  /** The whole form body of the request, undecoded. */
  parameters: z.string(),
  ...clientCredentialMembers,
  ...proofMembers,
});
export type PushedAuthReqRequest = z.infer<typeof pushedAuthReqRequestSchema>;

const members = {
  clientAuthMethod: openEnum(clientAuthMethodSchema).optional(),
  /** For the header `DPoP-Nonce` of the answer, whatever the action. */
  dpopNonce: z.string().optional(),
};

/** The answer of `pushed_auth_req`. */
export const pushedAuthReqResponseSchema = answer([
  branch("CREATED", { ...members, responseContent: z.string(), requestUri: z.string() }),
  branch("BAD_REQUEST", { ...members, responseContent: z.string() }),
  branch("UNAUTHORIZED", { ...members, responseContent: z.string() }),
  branch("FORBIDDEN", { ...members, responseContent: z.string() }),
  branch("PAYLOAD_TOO_LARGE", { ...members, responseContent: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { ...members, responseContent: z.string().optional() }),
]);
export type PushedAuthReqResponse = z.infer<typeof pushedAuthReqResponseSchema>;
