import { type EngineOperations, unavailable } from "../operation.ts";
import { getServiceConfiguration } from "./configuration.ts";
import { getService } from "./get.ts";
import { getServiceJwks } from "./jwks-get.ts";
import { listServices } from "./list.ts";
import { updateService } from "./update.ts";

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
  "service/get/list": listServices,
  "service/update": updateService,
  "service/delete": unavailable,
  "service/configuration": getServiceConfiguration,
  "service/jwks/get": getServiceJwks,
};
