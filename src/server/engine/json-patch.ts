import { isJsonObject } from "./json-object.ts";
import { setOwnMember } from "./own-member.ts";

type Json = unknown;
type Operation = { op: string; path: string; from?: string; value?: Json };

/** More operations than any document of ours has members. */
const MOST_OPERATIONS = 200;

/**
 * Applies a JSON Patch (RFC 6902) to an object.
 *
 * @param patch the patch as JSON text.
 * @returns the patched object, or `undefined` when the patch is malformed, does not fit the object, or leaves something
 *   other than an object. The object that was given is as it was.
 */
export function applyJsonPatch(
  document: Readonly<Record<string, Json>>,
  patch: string,
): Record<string, Json> | undefined {
  try {
    const operations: unknown = JSON.parse(patch);
    if (!Array.isArray(operations) || operations.length > MOST_OPERATIONS) return undefined;
    const patched = operations.reduce<Json>(
      (before, operation) => applied(before, operation),
      structuredClone(document),
    );
    return isJsonObject(patched) ? patched : undefined;
  } catch {
    return undefined;
  }
}

function applied(document: Json, operation: Operation): Json {
  const { op, path, from, value } = operation;
  switch (op) {
    case "add":
      return added(document, path, defined(operation));
    case "remove":
      return removed(document, path);
    case "replace":
      return added(path === "" ? document : removed(document, path), path, defined(operation));
    case "move":
      return moved(document, from ?? "", path);
    case "copy":
      return added(document, path, structuredClone(valueAt(document, from ?? "")));
    case "test":
      return isEqual(valueAt(document, path), value) ? document : unfit();
    default:
      return unfit();
  }
}

function defined(operation: Operation): Json {
  return "value" in operation ? operation.value : unfit();
}

/** A value cannot be moved into itself (RFC 6902 4.4). */
function moved(document: Json, from: string, path: string): Json {
  if (path.startsWith(`${from}/`)) unfit();
  const value = valueAt(document, from);
  return added(removed(document, from), path, value);
}

function added(document: Json, path: string, value: Json): Json {
  const tokens = tokensOf(path);
  const last = tokens.pop();
  if (last === undefined) return value;
  const parent = descend(document, tokens);
  if (Array.isArray(parent))
    parent.splice(last === "-" ? parent.length : indexIn(last, parent.length), 0, value);
  else if (isJsonObject(parent)) setOwnMember(parent, last, value);
  else unfit();
  return document;
}

function removed(document: Json, path: string): Json {
  const tokens = tokensOf(path);
  const last = tokens.pop() ?? unfit();
  const parent = descend(document, tokens);
  if (Array.isArray(parent)) parent.splice(indexIn(last, parent.length - 1), 1);
  else if (isJsonObject(parent) && Object.hasOwn(parent, last)) delete parent[last];
  else unfit();
  return document;
}

function valueAt(document: Json, path: string): Json {
  return descend(document, tokensOf(path));
}

function descend(document: Json, tokens: readonly string[]): Json {
  return tokens.reduce<Json>((value, token) => {
    if (Array.isArray(value)) return value[indexIn(token, value.length - 1)];
    return isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : unfit();
  }, document);
}

/** The reference tokens of a JSON Pointer (RFC 6901). */
function tokensOf(path: string): string[] {
  if (path === "") return [];
  const [empty, ...tokens] = path.split("/");
  if (empty !== "") unfit();
  return tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function indexIn(token: string, highest: number): number {
  const index = /^(0|[1-9]\d*)$/.test(token) ? Number(token) : Number.NaN;
  return index <= highest ? index : unfit();
}

function isEqual(left: Json, right: Json): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((entry, index) => isEqual(entry, right[index]));
  }
  if (isJsonObject(left) && isJsonObject(right)) {
    const names = Object.keys(left);
    const haveSame = names.length === Object.keys(right).length;
    return haveSame && names.every((name) => Object.hasOwn(right, name) && isEqual(left[name], right[name]));
  }
  return left === right;
}

function unfit(): never {
  throw new Error("the patch does not fit");
}
