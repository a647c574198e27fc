import type { Scope } from "../../authlete/members.ts";
import type { Service } from "../../authlete/service.ts";
import { dynamicScopes, scopeDetails } from "../token/scopes.ts";

/**
 * The scopes of a request as the API shows them where the user is asked far away from the client: those that carry a value
 * apart, and the others without their descriptions.
 */
export function requestedScopeMembers(service: Service, names: readonly string[]) {
  const dynamic = dynamicScopes(service, names);
  const plain = names.filter((name) => !dynamic.some(({ value }) => value === name));
  return {
    scopes: scopeDetails(service, plain).map(withoutDescription),
    ...(dynamic.length > 0 ? { dynamicScopes: dynamic } : {}),
  };
}

function withoutDescription({ name, defaultEntry, attributes }: Scope): Scope {
  return {
    ...(name === undefined ? {} : { name }),
    defaultEntry: defaultEntry === true,
    ...(attributes?.length ? { attributes } : {}),
  };
}
