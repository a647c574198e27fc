import type { Service } from "../../authlete/service.ts";
import type { EngineContext } from "../context.ts";

/** `service/get`: the settings of the service, its private keys included. */
export async function getService({ service }: EngineContext): Promise<Service> {
  return service;
}
