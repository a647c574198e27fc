import type { Client } from "../../authlete/client.ts";
import type { Scope } from "../../authlete/members.ts";
import type { Service } from "../../authlete/service.ts";

type ScopeIndex = {
  byName: ReadonlyMap<string, Scope>;
  /** Scopes whose values the attribute `regex` describes; the name by itself is no value. */
  dynamic: readonly { scope: Scope; pattern: RegExp }[];
  defaults: readonly string[];
};

/** The characters of a scope (RFC 6749 3.3). Nobody needs a longer one, and patterns of the service meet only so much of a request. */
const DYNAMIC_VALUE = /^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/;

const indexes = new WeakMap<Service, ScopeIndex>();

function scopeIndex(service: Service): ScopeIndex {
  const known = indexes.get(service);
  if (known) return known;
  const named = (service.supportedScopes ?? []).filter((scope) => scope?.name);
  const [plain, dynamic] = [named.filter((scope) => !regexOf(scope)), named.filter(regexOf)];
  const index = {
    byName: new Map(plain.map((scope) => [scope.name as string, scope])),
    dynamic: dynamic.flatMap((scope) => dynamicScope(scope)),
    defaults: plain.filter((scope) => scope.defaultEntry).map((scope) => scope.name as string),
  };
  indexes.set(service, index);
  return index;
}

function regexOf(scope: Scope): string | undefined {
  return scope.attributes?.find((attribute) => attribute?.key === "regex")?.value || undefined;
}

/** A pattern describes the whole value. One that is no regular expression describes none. */
function dynamicScope(scope: Scope): ScopeIndex["dynamic"] {
  try {
    return [{ scope, pattern: new RegExp(`^(?:${regexOf(scope)})$`) }];
  } catch {
    return [];
  }
}

/** The registered scope that a name, or the value of a dynamic scope, means. */
function registeredScope(service: Service, name: string): Scope | undefined {
  const { byName, dynamic } = scopeIndex(service);
  const scope = byName.get(name);
  if (scope || dynamic.length === 0 || !DYNAMIC_VALUE.test(name)) return scope;
  return dynamic.find(({ pattern }) => pattern.test(name))?.scope;
}

/** The values of dynamic scopes among these, with the names that are registered for them. */
export function dynamicScopes(
  service: Service,
  values: readonly string[],
): { name: string; value: string }[] {
  return values.flatMap((value) => {
    const name = registeredScope(service, value)?.name;
    return name === undefined || name === value ? [] : [{ name, value }];
  });
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
  const { requestableScopesEnabled, requestableScopes } = client.extension ?? {};
  return names.filter((name) => {
    const registered = registeredScope(service, name)?.name;
    if (registered === undefined) return false;
    return !requestableScopesEnabled || (requestableScopes?.includes(registered) ?? false);
  });
}

/** Those of `names` that scopes are registered under; for a dynamic scope that is its name, not a value of it. */
export function registeredNames(service: Service, names: readonly string[]): string[] {
  const registered = new Set((service.supportedScopes ?? []).map((scope) => scope?.name));
  return names.filter((name) => registered.has(name));
}

/** The registered scopes of these names with all that is known of them. */
export function scopeDetails(service: Service, names: readonly string[]): Scope[] {
  return names.map((name) => {
    const scope = registeredScope(service, name);
    return scope?.name === name ? scope : { ...scope, name };
  });
}

/** The value of a scope's attribute. */
export function scopeAttribute(service: Service, name: string, key: string): string | undefined {
  return registeredScope(service, name)?.attributes?.find((attribute) => attribute?.key === key)?.value;
}
