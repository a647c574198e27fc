import { authorizationRequestSchema, authorizationResponseSchema } from "../messages/authorization.ts";
import {
  authorizationFailRequestSchema,
  authorizationFailResponseSchema,
} from "../messages/authorization-fail.ts";
import {
  authorizationIssueRequestSchema,
  authorizationIssueResponseSchema,
} from "../messages/authorization-issue.ts";
import {
  authorizationTicketInfoRequestSchema,
  authorizationTicketInfoResponseSchema,
} from "../messages/authorization-ticket-info.ts";
import {
  authorizationTicketUpdateRequestSchema,
  authorizationTicketUpdateResponseSchema,
} from "../messages/authorization-ticket-update.ts";
import { pushedAuthReqRequestSchema, pushedAuthReqResponseSchema } from "../messages/pushed-auth-req.ts";
import type { Operation } from "../operation.ts";

/** Authorization requests: the authorization endpoint and the endpoint they are pushed to. */
export const authorizationRows = {
  "auth/authorization": {
    method: "POST",
    path: "auth/authorization",
    request: authorizationRequestSchema,
    response: authorizationResponseSchema,
    repeatable: false,
  },
  "auth/authorization/issue": {
    method: "POST",
    path: "auth/authorization/issue",
    request: authorizationIssueRequestSchema,
    response: authorizationIssueResponseSchema,
    repeatable: false,
  },
  "auth/authorization/fail": {
    method: "POST",
    path: "auth/authorization/fail",
    request: authorizationFailRequestSchema,
    response: authorizationFailResponseSchema,
    repeatable: false,
  },
  "auth/authorization/ticket/info": {
    method: "POST",
    path: "auth/authorization/ticket/info",
    request: authorizationTicketInfoRequestSchema,
    response: authorizationTicketInfoResponseSchema,
    repeatable: true,
  },
  "auth/authorization/ticket/update": {
    method: "POST",
    path: "auth/authorization/ticket/update",
    request: authorizationTicketUpdateRequestSchema,
    response: authorizationTicketUpdateResponseSchema,
    repeatable: true,
  },
  pushed_auth_req: {
    method: "POST",
    path: "pushed_auth_req",
    request: pushedAuthReqRequestSchema,
    response: pushedAuthReqResponseSchema,
    repeatable: false,
  },
} as const satisfies Record<string, Operation>;
