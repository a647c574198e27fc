import {
  backchannelAuthenticationRequestSchema,
  backchannelAuthenticationResponseSchema,
} from "../messages/backchannel-authentication.ts";
import {
  backchannelAuthenticationCompleteRequestSchema,
  backchannelAuthenticationCompleteResponseSchema,
} from "../messages/backchannel-authentication-complete.ts";
import {
  backchannelAuthenticationFailRequestSchema,
  backchannelAuthenticationFailResponseSchema,
} from "../messages/backchannel-authentication-fail.ts";
import {
  backchannelAuthenticationIssueRequestSchema,
  backchannelAuthenticationIssueResponseSchema,
} from "../messages/backchannel-authentication-issue.ts";
import {
  deviceAuthorizationRequestSchema,
  deviceAuthorizationResponseSchema,
} from "../messages/device-authorization.ts";
import { deviceCompleteRequestSchema, deviceCompleteResponseSchema } from "../messages/device-complete.ts";
import {
  deviceVerificationRequestSchema,
  deviceVerificationResponseSchema,
} from "../messages/device-verification.ts";
import type { Operation } from "../operation.ts";

/** The device grant (RFC 8628) and CIBA. */
export const deviceAndBackchannelRows = {
  "device/authorization": {
    method: "POST",
    path: "device/authorization",
    request: deviceAuthorizationRequestSchema,
    response: deviceAuthorizationResponseSchema,
    repeatable: false,
  },
  "device/verification": {
    method: "POST",
    path: "device/verification",
    request: deviceVerificationRequestSchema,
    response: deviceVerificationResponseSchema,
    repeatable: true,
  },
  "device/complete": {
    method: "POST",
    path: "device/complete",
    request: deviceCompleteRequestSchema,
    response: deviceCompleteResponseSchema,
    repeatable: false,
  },
  "backchannel/authentication": {
    method: "POST",
    path: "backchannel/authentication",
    request: backchannelAuthenticationRequestSchema,
    response: backchannelAuthenticationResponseSchema,
    repeatable: false,
  },
  "backchannel/authentication/issue": {
    method: "POST",
    path: "backchannel/authentication/issue",
    request: backchannelAuthenticationIssueRequestSchema,
    response: backchannelAuthenticationIssueResponseSchema,
    repeatable: false,
  },
  "backchannel/authentication/fail": {
    method: "POST",
    path: "backchannel/authentication/fail",
    request: backchannelAuthenticationFailRequestSchema,
    response: backchannelAuthenticationFailResponseSchema,
    repeatable: false,
  },
  "backchannel/authentication/complete": {
    method: "POST",
    path: "backchannel/authentication/complete",
    request: backchannelAuthenticationCompleteRequestSchema,
    response: backchannelAuthenticationCompleteResponseSchema,
    repeatable: false,
  },
} as const satisfies Record<string, Operation>;
