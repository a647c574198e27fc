import {
  clientAuthorizationDeleteRequestSchema,
  clientAuthorizationDeleteResponseSchema,
} from "../messages/client-authorization-delete.ts";
import {
  clientAuthorizationGetListRequestSchema,
  clientAuthorizationGetListResponseSchema,
} from "../messages/client-authorization-get-list.ts";
import {
  clientAuthorizationUpdateRequestSchema,
  clientAuthorizationUpdateResponseSchema,
} from "../messages/client-authorization-update.ts";
import {
  clientGrantedScopesDeleteRequestSchema,
  clientGrantedScopesDeleteResponseSchema,
} from "../messages/client-granted-scopes-delete.ts";
import {
  clientGrantedScopesGetRequestSchema,
  clientGrantedScopesGetResponseSchema,
} from "../messages/client-granted-scopes-get.ts";
import {
  clientRequestableScopesDeleteRequestSchema,
  clientRequestableScopesDeleteResponseSchema,
} from "../messages/client-requestable-scopes-delete.ts";
import {
  clientRequestableScopesGetRequestSchema,
  clientRequestableScopesGetResponseSchema,
} from "../messages/client-requestable-scopes-get.ts";
import {
  clientRequestableScopesUpdateRequestSchema,
  clientRequestableScopesUpdateResponseSchema,
} from "../messages/client-requestable-scopes-update.ts";
import type { Operation } from "../operation.ts";

/** What clients may ask for, and what users granted them. */
export const clientScopesRows = {
  "client/authorization/get/list": {
    method: "GET",
    path: "client/authorization/get/list",
    aliases: [
      { method: "POST", path: "client/authorization/get/list" },
      { method: "GET", path: "client/authorization/get/list/{subject}" },
    ],
    request: clientAuthorizationGetListRequestSchema,
    response: clientAuthorizationGetListResponseSchema,
    repeatable: true,
  },
  "client/authorization/update": {
    method: "POST",
    path: "client/authorization/update/{clientId}",
    request: clientAuthorizationUpdateRequestSchema,
    response: clientAuthorizationUpdateResponseSchema,
    repeatable: true,
  },
  "client/authorization/delete": {
    method: "DELETE",
    path: "client/authorization/delete/{clientId}",
    aliases: [
      { method: "POST", path: "client/authorization/delete/{clientId}" },
      { method: "DELETE", path: "client/authorization/delete/{clientId}/{subject}" },
    ],
    request: clientAuthorizationDeleteRequestSchema,
    response: clientAuthorizationDeleteResponseSchema,
    repeatable: true,
  },
  "client/granted_scopes/get": {
    method: "GET",
    path: "client/granted_scopes/get/{clientId}",
    aliases: [
      { method: "POST", path: "client/granted_scopes/get/{clientId}" },
      { method: "GET", path: "client/granted_scopes/get/{clientId}/{subject}" },
    ],
    request: clientGrantedScopesGetRequestSchema,
    response: clientGrantedScopesGetResponseSchema,
    repeatable: true,
  },
  "client/granted_scopes/delete": {
    method: "DELETE",
    path: "client/granted_scopes/delete/{clientId}",
    aliases: [
      { method: "POST", path: "client/granted_scopes/delete/{clientId}" },
      { method: "DELETE", path: "client/granted_scopes/delete/{clientId}/{subject}" },
    ],
    request: clientGrantedScopesDeleteRequestSchema,
    response: clientGrantedScopesDeleteResponseSchema,
    repeatable: true,
  },
  "client/extension/requestable_scopes/get": {
    method: "GET",
    path: "client/extension/requestable_scopes/get/{clientId}",
    request: clientRequestableScopesGetRequestSchema,
    response: clientRequestableScopesGetResponseSchema,
    repeatable: true,
  },
  "client/extension/requestable_scopes/update": {
    method: "PUT",
    path: "client/extension/requestable_scopes/update/{clientId}",
    aliases: [{ method: "POST", path: "client/extension/requestable_scopes/update/{clientId}" }],
    request: clientRequestableScopesUpdateRequestSchema,
    response: clientRequestableScopesUpdateResponseSchema,
    repeatable: true,
  },
  "client/extension/requestable_scopes/delete": {
    method: "DELETE",
    path: "client/extension/requestable_scopes/delete/{clientId}",
    request: clientRequestableScopesDeleteRequestSchema,
    response: clientRequestableScopesDeleteResponseSchema,
    repeatable: true,
    emptyAnswer: {},
  },
} as const satisfies Record<string, Operation>;
