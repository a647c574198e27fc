import { z } from "zod";
import { clientCredentialMembers } from "../request-members.ts";
import { answer, branch } from "../result.ts";

/** `POST auth/revocation`: the revocation request of a client application (RFC 7009), as received. */
export const revocationRequestSchema = z.object({
  /** The whole form body of the revocation request, undecoded. */
  parameters: z.string(),
  ...clientCredentialMembers,
});
export type RevocationRequest = z.infer<typeof revocationRequestSchema>;

/** The answer of `auth/revocation`. OK is also the answer for a token that does not exist (RFC 7009 2.2). */
export const revocationResponseSchema = answer([
  branch("OK", { responseContent: z.string().optional() }),
  branch("BAD_REQUEST", { responseContent: z.string() }),
  branch("INVALID_CLIENT", { responseContent: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
]);
export type RevocationResponse = z.infer<typeof revocationResponseSchema>;
