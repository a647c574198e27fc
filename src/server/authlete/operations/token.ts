import { idTokenReissueRequestSchema, idTokenReissueResponseSchema } from "../messages/idtoken-reissue.ts";
import { nativeSsoRequestSchema, nativeSsoResponseSchema } from "../messages/nativesso.ts";
import { nativeSsoLogoutRequestSchema, nativeSsoLogoutResponseSchema } from "../messages/nativesso-logout.ts";
import { tokenRequestSchema, tokenResponseSchema } from "../messages/token.ts";
import { tokenFailRequestSchema, tokenFailResponseSchema } from "../messages/token-fail.ts";
import { tokenIssueRequestSchema, tokenIssueResponseSchema } from "../messages/token-issue.ts";
import type { Operation } from "../operation.ts";

/** Token requests and what follows them. */
export const tokenRows = {
  "auth/token": {
    method: "POST",
    path: "auth/token",
    request: tokenRequestSchema,
    response: tokenResponseSchema,
    repeatable: false,
  },
  "auth/token/issue": {
    method: "POST",
    path: "auth/token/issue",
    request: tokenIssueRequestSchema,
    response: tokenIssueResponseSchema,
    repeatable: false,
  },
  "auth/token/fail": {
    method: "POST",
    path: "auth/token/fail",
    request: tokenFailRequestSchema,
    response: tokenFailResponseSchema,
    repeatable: false,
  },
  "idtoken/reissue": {
    method: "POST",
    path: "idtoken/reissue",
    request: idTokenReissueRequestSchema,
    response: idTokenReissueResponseSchema,
    repeatable: false,
  },
  nativesso: {
    method: "POST",
    path: "nativesso",
    request: nativeSsoRequestSchema,
    response: nativeSsoResponseSchema,
    repeatable: false,
  },
  "nativesso/logout": {
    method: "POST",
    path: "nativesso/logout",
    request: nativeSsoLogoutRequestSchema,
    response: nativeSsoLogoutResponseSchema,
    repeatable: true,
  },
} as const satisfies Record<string, Operation>;
