import { type EngineOperations, unavailable } from "../operation.ts";
import { getService } from "./get.ts";
import { getServiceJwks } from "./jwks-get.ts";

/** The service and the documents it publishes. */
export const serviceOperations: EngineOperations<
  | "service/get"
  | "service/get/list"
  | "service/update"
  | "service/delete"
  | "service/configuration"
  | "service/jwks/get"
> = {
  "service/get": getService,
  "service/get/list": unavailable,
  "service/update": unavailable,
  "service/delete": unavailable,
  "service/configuration": unavailable,
  "service/jwks/get": getServiceJwks,
};
