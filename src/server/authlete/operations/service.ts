import { joseVerifyRequestSchema, joseVerifyResponseSchema } from "../messages/jose-verify.ts";
import {
  lifecycleHealthcheckRequestSchema,
  lifecycleHealthcheckResponseSchema,
} from "../messages/lifecycle-healthcheck.ts";
import {
  serviceConfigurationRequestSchema,
  serviceConfigurationResponseSchema,
} from "../messages/service-configuration.ts";
import { serviceDeleteRequestSchema, serviceDeleteResponseSchema } from "../messages/service-delete.ts";
import { serviceGetRequestSchema, serviceGetResponseSchema } from "../messages/service-get.ts";
import { serviceGetListRequestSchema, serviceGetListResponseSchema } from "../messages/service-get-list.ts";
import { serviceJwksGetRequestSchema, serviceJwksGetResponseSchema } from "../messages/service-jwks-get.ts";
import { serviceUpdateRequestSchema, serviceUpdateResponseSchema } from "../messages/service-update.ts";
import type { Operation } from "../operation.ts";

/** The service, its published documents, and the engine itself. */
export const serviceRows = {
  "service/get": {
    method: "GET",
    path: "service/get",
    request: serviceGetRequestSchema,
    response: serviceGetResponseSchema,
    repeatable: true,
  },
  "service/get/list": {
    method: "GET",
    path: "service/get/list",
    outsideService: true,
    request: serviceGetListRequestSchema,
    response: serviceGetListResponseSchema,
    repeatable: true,
  },
  "service/update": {
    method: "POST",
    path: "service/update",
    request: serviceUpdateRequestSchema,
    response: serviceUpdateResponseSchema,
    repeatable: true,
  },
  "service/delete": {
    method: "DELETE",
    path: "service/delete",
    request: serviceDeleteRequestSchema,
    response: serviceDeleteResponseSchema,
    repeatable: false,
    emptyAnswer: {},
  },
  "service/configuration": {
    method: "GET",
    path: "service/configuration",
    aliases: [{ method: "POST", path: "service/configuration" }],
    request: serviceConfigurationRequestSchema,
    response: serviceConfigurationResponseSchema,
    repeatable: true,
  },
  "service/jwks/get": {
    method: "GET",
    path: "service/jwks/get",
    request: serviceJwksGetRequestSchema,
    response: serviceJwksGetResponseSchema,
    repeatable: true,
    emptyAnswer: { keys: [] },
  },
  "jose/verify": {
    method: "POST",
    path: "jose/verify",
    request: joseVerifyRequestSchema,
    response: joseVerifyResponseSchema,
    repeatable: true,
  },
  "lifecycle/healthcheck": {
    method: "GET",
    path: "lifecycle/healthcheck",
    outsideService: true,
    unauthenticated: true,
    request: lifecycleHealthcheckRequestSchema,
    response: lifecycleHealthcheckResponseSchema,
    repeatable: true,
    answerType: "text/plain",
  },
} as const satisfies Record<string, Operation>;
