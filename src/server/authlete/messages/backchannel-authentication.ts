import { z } from "zod";
import { decoupledRequestMembers, decoupledRequestSchema } from "../decoupled-request.ts";
import { deliveryModeSchema, openEnum } from "../enumerations.ts";
import { answer, branch } from "../result.ts";

/** `POST backchannel/authentication`: a backchannel authentication request (CIBA 7.1). */
export const backchannelAuthenticationRequestSchema = decoupledRequestSchema;
export type BackchannelAuthenticationRequest = z.infer<typeof backchannelAuthenticationRequestSchema>;

/** The answer of `backchannel/authentication`. After `USER_IDENTIFICATION` the caller finds the user and goes on with the ticket. */
export const backchannelAuthenticationResponseSchema = answer([
  branch("USER_IDENTIFICATION", {
    ...decoupledRequestMembers,
    ticket: z.string(),
    clientAuthMethod: z.string().optional(),
    deliveryMode: openEnum(deliveryModeSchema).optional(),
    clientNotificationToken: z.string().optional(),
    /** What kind of hint there is, the hint, and the subject in it where it has one. */
    hintType: z.string().optional(),
    hint: z.string().optional(),
    sub: z.string().optional(),
    bindingMessage: z.string().optional(),
    userCode: z.string().optional(),
    userCodeRequired: z.boolean().optional(),
    /** Seconds; 0 when the request does not say. */
    requestedExpiry: z.int().optional(),
    requestContext: z.string().optional(),
    warnings: z.array(z.string()).optional(),
  }),
  branch("BAD_REQUEST", { responseContent: z.string() }),
  branch("UNAUTHORIZED", { responseContent: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
]);
export type BackchannelAuthenticationResponse = z.infer<typeof backchannelAuthenticationResponseSchema>;
