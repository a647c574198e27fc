import { gmRequestSchema, gmResponseSchema } from "../messages/gm.ts";
import { introspectionRequestSchema, introspectionResponseSchema } from "../messages/introspection.ts";
import {
  standardIntrospectionRequestSchema,
  standardIntrospectionResponseSchema,
} from "../messages/introspection-standard.ts";
import { revocationRequestSchema, revocationResponseSchema } from "../messages/revocation.ts";
import { userinfoRequestSchema, userinfoResponseSchema } from "../messages/userinfo.ts";
import { userinfoIssueRequestSchema, userinfoIssueResponseSchema } from "../messages/userinfo-issue.ts";
import type { Operation } from "../operation.ts";

/** What is done with tokens: introspection, revocation, userinfo, grant management. */
export const tokenUseRows = {
  "auth/introspection": {
    method: "POST",
    path: "auth/introspection",
    request: introspectionRequestSchema,
    response: introspectionResponseSchema,
    repeatable: true,
  },
  "auth/introspection/standard": {
    method: "POST",
    path: "auth/introspection/standard",
    request: standardIntrospectionRequestSchema,
    response: standardIntrospectionResponseSchema,
    repeatable: true,
  },
  "auth/revocation": {
    method: "POST",
    path: "auth/revocation",
    request: revocationRequestSchema,
    response: revocationResponseSchema,
    repeatable: true,
  },
  "auth/userinfo": {
    method: "POST",
    path: "auth/userinfo",
    request: userinfoRequestSchema,
    response: userinfoResponseSchema,
    repeatable: true,
  },
  "auth/userinfo/issue": {
    method: "POST",
    path: "auth/userinfo/issue",
    request: userinfoIssueRequestSchema,
    response: userinfoIssueResponseSchema,
    repeatable: true,
  },
  gm: {
    method: "POST",
    path: "gm",
    request: gmRequestSchema,
    response: gmResponseSchema,
    repeatable: false,
  },
} as const satisfies Record<string, Operation>;
