import { deepFreeze } from "../authlete/deep-freeze.ts";
import type { Service } from "../authlete/service.ts";

/**
 * Makes something of a service once, however often it is asked for. The store gives the same object until somebody changes
 * the service, and never changes an object it gave.
 *
 * @param make has to depend on nothing but the service. What it makes is frozen: callers share it.
 */
export function onceForService<Made extends object>(make: (service: Service) => Made) {
  const known = new WeakMap<Service, Made>();
  return (service: Service): Made => {
    const made = known.get(service) ?? deepFreeze(make(service));
    known.set(service, made);
    return made;
  };
}
