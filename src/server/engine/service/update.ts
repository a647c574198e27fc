import type { Request } from "../../authlete/operations.ts";
import type { Service } from "../../authlete/service.ts";
import type { EngineContext } from "../context.ts";
import { readOnlyMembers, readServiceSettings } from "./service-settings.ts";

/**
 * `service/update`: replaces the settings of the service. Settings that are left out are reset, the key set included: read, change, write the
 * whole.
 */
export async function updateService(
  context: EngineContext,
  request: Partial<Request<"service/update">>,
): Promise<Service> {
  const { store, serviceId, now } = context;
  const settings = readServiceSettings(request);
  return store.write(async (writer) => {
    const service = (await writer.lockService(serviceId)) ?? context.service;
    const changed = { ...settings, ...readOnlyPart(service), modifiedAt: now };
    await writer.replaceService(serviceId, changed);
    return changed;
  });
}

function readOnlyPart(service: Service): Service {
  const present = readOnlyMembers.filter((name) => service[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, service[name]]));
}
