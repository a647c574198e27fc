import { z } from "zod";
import { decoupledRequestMembers, decoupledRequestSchema } from "../decoupled-request.ts";
import { answer, branch } from "../result.ts";

/** `POST device/authorization`: a device authorization request (RFC 8628 3.1). */
export const deviceAuthorizationRequestSchema = decoupledRequestSchema;
export type DeviceAuthorizationRequest = z.infer<typeof deviceAuthorizationRequestSchema>;

/** The answer of `device/authorization`. */
export const deviceAuthorizationResponseSchema = answer([
  branch("OK", {
    ...decoupledRequestMembers,
    responseContent: z.string(),
    clientAuthMethod: z.string().optional(),
    deviceCode: z.string(),
    userCode: z.string(),
    verificationUri: z.string().optional(),
    verificationUriComplete: z.string().optional(),
    /** Seconds. */
    expiresIn: z.int().optional(),
    interval: z.int().optional(),
    warnings: z.array(z.string()).optional(),
  }),
  branch("BAD_REQUEST", { responseContent: z.string() }),
  branch("UNAUTHORIZED", { responseContent: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
]);
export type DeviceAuthorizationResponse = z.infer<typeof deviceAuthorizationResponseSchema>;
