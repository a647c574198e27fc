import { tokenCreateRequestSchema, tokenCreateResponseSchema } from "../messages/token-create.ts";
import { tokenDeleteRequestSchema, tokenDeleteResponseSchema } from "../messages/token-delete.ts";
import { tokenGetListRequestSchema, tokenGetListResponseSchema } from "../messages/token-get-list.ts";
import { tokenRevokeRequestSchema, tokenRevokeResponseSchema } from "../messages/token-revoke.ts";
import { tokenUpdateRequestSchema, tokenUpdateResponseSchema } from "../messages/token-update.ts";
import type { Operation } from "../operation.ts";

/** Tokens without a token request. */
export const tokenManagementRows = {
  "auth/token/create": {
    method: "POST",
    path: "auth/token/create",
    request: tokenCreateRequestSchema,
    response: tokenCreateResponseSchema,
    repeatable: false,
  },
  "auth/token/update": {
    method: "POST",
    path: "auth/token/update",
    request: tokenUpdateRequestSchema,
    response: tokenUpdateResponseSchema,
    repeatable: false,
  },
  "auth/token/delete": {
    method: "DELETE",
    path: "auth/token/delete/{accessTokenIdentifier}",
    request: tokenDeleteRequestSchema,
    response: tokenDeleteResponseSchema,
    repeatable: false,
    emptyAnswer: {},
  },
  "auth/token/revoke": {
    method: "POST",
    path: "auth/token/revoke",
    request: tokenRevokeRequestSchema,
    response: tokenRevokeResponseSchema,
    repeatable: true,
  },
  "auth/token/get/list": {
    method: "GET",
    path: "auth/token/get/list",
    request: tokenGetListRequestSchema,
    response: tokenGetListResponseSchema,
    repeatable: true,
  },
} as const satisfies Record<string, Operation>;
