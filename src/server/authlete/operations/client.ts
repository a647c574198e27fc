import { clientCreateRequestSchema, clientCreateResponseSchema } from "../messages/client-create.ts";
import { clientDeleteRequestSchema, clientDeleteResponseSchema } from "../messages/client-delete.ts";
import { clientGetRequestSchema, clientGetResponseSchema } from "../messages/client-get.ts";
import { clientGetListRequestSchema, clientGetListResponseSchema } from "../messages/client-get-list.ts";
import {
  clientLockFlagUpdateRequestSchema,
  clientLockFlagUpdateResponseSchema,
} from "../messages/client-lock-flag-update.ts";
import {
  clientRegistrationRequestSchema,
  clientRegistrationResponseSchema,
} from "../messages/client-registration.ts";
import {
  clientRegistrationDeleteRequestSchema,
  clientRegistrationDeleteResponseSchema,
} from "../messages/client-registration-delete.ts";
import {
  clientRegistrationGetRequestSchema,
  clientRegistrationGetResponseSchema,
} from "../messages/client-registration-get.ts";
import {
  clientRegistrationUpdateRequestSchema,
  clientRegistrationUpdateResponseSchema,
} from "../messages/client-registration-update.ts";
import {
  clientSecretRefreshRequestSchema,
  clientSecretRefreshResponseSchema,
} from "../messages/client-secret-refresh.ts";
import {
  clientSecretUpdateRequestSchema,
  clientSecretUpdateResponseSchema,
} from "../messages/client-secret-update.ts";
import { clientUpdateRequestSchema, clientUpdateResponseSchema } from "../messages/client-update.ts";
import type { Operation } from "../operation.ts";

/** Clients: the operator's management of them, and their own registration (RFC 7591, RFC 7592). */
export const clientRows = {
  "client/get": {
    method: "GET",
    path: "client/get/{clientId}",
    request: clientGetRequestSchema,
    response: clientGetResponseSchema,
    repeatable: true,
  },
  "client/get/list": {
    method: "GET",
    path: "client/get/list",
    request: clientGetListRequestSchema,
    response: clientGetListResponseSchema,
    repeatable: true,
  },
  "client/create": {
    method: "POST",
    path: "client/create",
    request: clientCreateRequestSchema,
    response: clientCreateResponseSchema,
    repeatable: false,
  },
  "client/update": {
    method: "POST",
    path: "client/update/{clientId}",
    request: clientUpdateRequestSchema,
    response: clientUpdateResponseSchema,
    repeatable: true,
  },
  "client/delete": {
    method: "DELETE",
    path: "client/delete/{clientId}",
    request: clientDeleteRequestSchema,
    response: clientDeleteResponseSchema,
    repeatable: false,
    emptyAnswer: {},
  },
  "client/lock_flag/update": {
    method: "POST",
    path: "client/lock_flag/update/{clientIdentifier}",
    request: clientLockFlagUpdateRequestSchema,
    response: clientLockFlagUpdateResponseSchema,
    repeatable: true,
  },
  "client/secret/refresh": {
    method: "GET",
    path: "client/secret/refresh/{clientIdentifier}",
    request: clientSecretRefreshRequestSchema,
    response: clientSecretRefreshResponseSchema,
    repeatable: false,
  },
  "client/secret/update": {
    method: "POST",
    path: "client/secret/update/{clientIdentifier}",
    request: clientSecretUpdateRequestSchema,
    response: clientSecretUpdateResponseSchema,
    repeatable: false,
  },
  "client/registration": {
    method: "POST",
    path: "client/registration",
    request: clientRegistrationRequestSchema,
    response: clientRegistrationResponseSchema,
    repeatable: false,
  },
  "client/registration/get": {
    method: "POST",
    path: "client/registration/get",
    request: clientRegistrationGetRequestSchema,
    response: clientRegistrationGetResponseSchema,
    repeatable: true,
  },
  "client/registration/update": {
    method: "POST",
    path: "client/registration/update",
    request: clientRegistrationUpdateRequestSchema,
    response: clientRegistrationUpdateResponseSchema,
    repeatable: false,
  },
  "client/registration/delete": {
    method: "POST",
    path: "client/registration/delete",
    request: clientRegistrationDeleteRequestSchema,
    response: clientRegistrationDeleteResponseSchema,
    repeatable: false,
  },
} as const satisfies Record<string, Operation>;
