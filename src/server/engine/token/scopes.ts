import type { Client } from "../../authlete/client.ts";
import type { Scope } from "../../authlete/members.ts";
import type { Service } from "../../authlete/service.ts";

type ScopeIndex = { byName: ReadonlyMap<string, Scope>; defaults: readonly string[] };

const indexes = new WeakMap<Service, ScopeIndex>();

function scopeIndex(service: Service): ScopeIndex {
  const known = indexes.get(service);
  if (known) return known;
  const named = (service.supportedScopes ?? []).filter((scope) => scope?.name);
  const index = {
    byName: new Map(named.map((scope) => [scope.name as string, scope])),
    defaults: named.filter((scope) => scope.defaultEntry).map((scope) => scope.name as string),
  };
  indexes.set(service, index);
  return index;
}

/** The names in a `scope` parameter (RFC 6749 3.3), each once. */
export function scopeNames(parameter: string | undefined): string[] {
  return parameter ? [...new Set(parameter.split(" ").filter((name) => name !== ""))] : [];
}

/**
 * What a client gets of the scopes it asked for: those that are registered and that it may request. A request without
 * scopes gets the default ones.
 */
export function grantedScopes(service: Service, client: Client, requested: readonly string[]): string[] {
  const wanted = requested.length > 0 ? requested : scopeIndex(service).defaults;
  return grantableScopes(service, client, wanted);
}

/** Those of `names` that the service knows and the client may have now. */
export function grantableScopes(service: Service, client: Client, names: readonly string[]): string[] {
  const { byName } = scopeIndex(service);
  const { requestableScopesEnabled, requestableScopes } = client.extension ?? {};
  return names.filter(
    (name) => byName.has(name) && (!requestableScopesEnabled || (requestableScopes?.includes(name) ?? false)),
  );
}

/** The registered scopes of these names with all that is known of them. */
export function scopeDetails(service: Service, names: readonly string[]): Scope[] {
  const { byName } = scopeIndex(service);
  return names.map((name) => byName.get(name) ?? { name });
}

/** The value of a scope's attribute. */
export function scopeAttribute(service: Service, name: string, key: string): string | undefined {
  return scopeIndex(service)
    .byName.get(name)
    ?.attributes?.find((attribute) => attribute?.key === key)?.value;
}
