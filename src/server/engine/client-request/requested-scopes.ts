import type { Scope } from "../../authlete/members.ts";
import type { Service } from "../../authlete/service.ts";
import { scopeDetails } from "../token/scopes.ts";

/** Scopes as the API shows them where a device or a user far away is asked: without their descriptions. */
export function requestedScopes(service: Service, names: readonly string[]): Scope[] {
  return scopeDetails(service, names).map(({ name, defaultEntry, attributes }) => ({
    ...(name === undefined ? {} : { name }),
    defaultEntry: defaultEntry === true,
    ...(attributes?.length ? { attributes } : {}),
  }));
}
