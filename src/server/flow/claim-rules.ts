import type { FieldErrors } from "./error.ts";

/** Claims that say who, for whom, how long and with what power: the engine's to make, nobody else's (threat T12). */
const REGISTERED: ReadonlySet<string> = new Set([
  "iss",
  "sub",
  "aud",
  "exp",
  "nbf",
  "iat",
  "jti",
  "client_id",
  "scope",
  "azp",
  "act",
  "may_act",
  "cnf",
  "acr",
  "amr",
  "auth_time",
  "roles",
  "groups",
  "entitlements",
  "grant",
  "grant_id",
  "grant_type",
  "authorization_details",
  "sid",
  "nonce",
]);

/** Names that change what an object is, instead of what it holds. */
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
const DEPTH = 8;
const SIZE_BYTES = 16_384;

/** Whether a name is one of the claims that only the engine sets. */
export function isRegisteredClaim(name: string): boolean {
  return REGISTERED.has(name);
}

/** Whether a name changes what an object is, in who reads it carelessly. */
export function isForbiddenName(name: string): boolean {
  return FORBIDDEN_NAMES.has(name);
}

/** A JSON object. */
export type Claims = Record<string, unknown>;

/** The claims of an access token, checked; `text` is what the engine gets. */
export type ReadClaims = { ok: true; names: string[]; text: string } | { ok: false; fields: FieldErrors };

/**
 * Reads the extra claims of a JWT access token: an object, or its JSON text.
 *
 * @returns the names of the claims and their text in our own writing, or what is wrong, naming the claim.
 * @see RFC 9068, section 2.2
 */
export function readClaims(given: Claims | string): ReadClaims {
  const text = typeof given === "string" ? given : serialise(given);
  if (text === undefined) return refused("must be a JSON object");
  if (Buffer.byteLength(text) > SIZE_BYTES) return refused(`must have at most ${SIZE_BYTES} bytes`);
  const claims = parse(text);
  if (!isObject(claims)) return refused("must be a JSON object");
  const errors = [
    ...Object.keys(claims)
      .filter((name) => REGISTERED.has(name))
      .map((name) => `the claim ${name} is registered: the engine sets it`),
    ...structureErrors(typeof given === "string" ? claims : given),
    ...duplicateErrors(typeof given === "string" ? given : "{}"),
  ];
  if (errors.length > 0) return { ok: false, fields: { jwtAtClaims: errors } };
  return { ok: true, names: Object.keys(claims), text: JSON.stringify(claims) };
}

function refused(error: string): ReadClaims {
  return { ok: false, fields: { jwtAtClaims: [error] } };
}

/** A value that no JSON text can hold (a cycle, a bigint) has none. */
function serialise(claims: Claims): string | undefined {
  try {
    return JSON.stringify(claims);
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Claims {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Forbidden names anywhere, nesting that is too deep, and what JSON would change, under the claim that holds them. */
function structureErrors(claims: Claims): string[] {
  return Object.entries(claims).flatMap(([name, value]) => {
    if (FORBIDDEN_NAMES.has(name)) return [`the name ${name} is not allowed`];
    const pending: { value: unknown; depth: number }[] = value === undefined ? [] : [{ value, depth: 2 }];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const { value: inner, depth } = next;
      if (!isJson(inner)) return [`the claim ${name} holds a value that JSON cannot hold`];
      if (typeof inner !== "object" || inner === null) continue;
      if (depth > DEPTH) return [`the claim ${name} is nested deeper than ${DEPTH} levels`];
      if (Object.keys(inner).some((key) => FORBIDDEN_NAMES.has(key)))
        return [`the claim ${name} holds a name that is not allowed`];
      pending.push(...childrenOf(inner).map((child) => ({ value: child, depth: depth + 1 })));
    }
    return [];
  });
}

/** Dates, maps, NaN and the like become something else, or nothing, in a text. */
function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null)
    return value === null || ["string", "boolean"].includes(typeof value);
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

/** A member without a value is a member that is not there; an element has to be something. */
function childrenOf(value: object): unknown[] {
  return Array.isArray(value) ? [...value] : Object.values(value).filter((child) => child !== undefined);
}

/** Two readers of one text may disagree about a name that stands in it twice (threat T12). */
function duplicateErrors(text: string): string[] {
  const scopes: (Set<string> | undefined)[] = [];
  const twice = new Set<string>();
  for (const { groups } of text.matchAll(
    /(?<name>"(?:[^"\\]|\\.)*")(?=\s*:)|"(?:[^"\\]|\\.)*"|(?<open>[{[])|(?<close>[}\]])/g,
  )) {
    if (groups?.open) scopes.push(groups.open === "{" ? new Set() : undefined);
    else if (groups?.close) scopes.pop();
    else if (groups?.name) {
      const name = JSON.parse(groups.name) as string;
      const scope = scopes.at(-1);
      if (scope?.has(name)) twice.add(name);
      scope?.add(name);
    }
  }
  return [...twice].map((name) => `the name ${name.slice(0, 64)} is given more than once`);
}
