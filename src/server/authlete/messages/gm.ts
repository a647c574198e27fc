import { z } from "zod";
import { grantManagementActionSchema } from "../enumerations.ts";
import { proofMembers } from "../request-members.ts";
import { answer, branch } from "../result.ts";

/** `POST gm`: a request of the grant management endpoint (Grant Management for OAuth 2.0). */
export const gmRequestSchema = z.object({
  accessToken: z.string(),
  /** `QUERY` or `REVOKE`. */
  gmAction: grantManagementActionSchema,
  grantId: z.string(),
  /** PEM of the certificate the request came with (RFC 8705). */
  clientCertificate: z.string().optional(),
  ...proofMembers,
});
export type GmRequest = z.infer<typeof gmRequestSchema>;

const members = { responseContent: z.string().optional(), dpopNonce: z.string().optional() };

/** The answer of `gm`. The API does not check that the access token belongs to the grant. */
export const gmResponseSchema = answer([
  branch("OK", { ...members, responseContent: z.string() }),
  branch("NO_CONTENT", members),
  branch("UNAUTHORIZED", { ...members, responseContent: z.string() }),
  branch("FORBIDDEN", { ...members, responseContent: z.string() }),
  branch("NOT_FOUND", { ...members, responseContent: z.string() }),
  branch("CALLER_ERROR", members),
  branch("AUTHLETE_ERROR", members),
]);
export type GmResponse = z.infer<typeof gmResponseSchema>;
