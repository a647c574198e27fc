import { isJsonObject } from "./json-object.ts";
import { setOwnMember } from "./own-member.ts";

type Json = unknown;

/** More operations than any document of ours has members. */
const MOST_OPERATIONS = 200;

/** What copies may come to in all, in characters of JSON: each could double the document otherwise. */
const MOST_COPIED = 1_000_000;

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
    const copies = createCopier();
    const patched = operations.reduce<Json>(
      (before, operation) => applied(before, readOperation(operation), copies),
      structuredClone(document),
    );
    return isJsonObject(patched) ? patched : undefined;
  } catch {
    return undefined;
  }
}

type Operation = { op: string; path: string[]; members: Record<string, Json> };

function readOperation(operation: unknown): Operation {
  if (!isJsonObject(operation) || typeof operation.op !== "string") return unfit();
  return { op: operation.op, path: tokensOf(operation.path), members: operation };
}

/** Copies a value, until it has copied too much. */
type Copier = (value: Json) => Json;

function createCopier(): Copier {
  let copied = 0;
  return (value) => {
    const text = JSON.stringify(value);
    copied += text.length;
    return copied <= MOST_COPIED ? JSON.parse(text) : unfit();
  };
}

function applied(document: Json, { op, path, members }: Operation, copy: Copier): Json {
  switch (op) {
    case "add":
      return added(document, path, required(members, "value"));
    case "remove":
      return removed(document, path);
    case "replace":
      return replaced(document, path, required(members, "value"));
    case "move":
      return moved(document, tokensOf(members.from), path);
    case "copy":
      return added(document, path, copy(valueAt(document, tokensOf(members.from))));
    case "test":
      return isEqual(valueAt(document, path), required(members, "value")) ? document : unfit();
    default:
      return unfit();
  }
}

function required(members: Record<string, Json>, name: string): Json {
  return Object.hasOwn(members, name) ? members[name] : unfit();
}

/** A value cannot be moved into itself (RFC 6902 4.4). */
function moved(document: Json, from: readonly string[], path: readonly string[]): Json {
  const value = valueAt(document, from);
  const isInside = from.every((token, index) => token === path[index]);
  if (isInside) return from.length === path.length ? document : unfit();
  return added(removed(document, from), path, value);
}

function replaced(document: Json, path: readonly string[], value: Json): Json {
  return added(path.length === 0 ? document : removed(document, path), path, value);
}

function added(document: Json, path: readonly string[], value: Json): Json {
  const last = path.at(-1);
  if (last === undefined) return value;
  const parent = valueAt(document, path.slice(0, -1));
  if (Array.isArray(parent)) {
    parent.splice(last === "-" ? parent.length : indexIn(last, parent.length), 0, value);
  } else if (isJsonObject(parent)) setOwnMember(parent, last, value);
  else unfit();
  return document;
}

function removed(document: Json, path: readonly string[]): Json {
  const last = path.at(-1) ?? unfit();
  const parent = valueAt(document, path.slice(0, -1));
  if (Array.isArray(parent)) parent.splice(indexIn(last, parent.length - 1), 1);
  else if (isJsonObject(parent) && Object.hasOwn(parent, last)) delete parent[last];
  else unfit();
  return document;
}

function valueAt(document: Json, path: readonly string[]): Json {
  return path.reduce<Json>((value, token) => {
    if (Array.isArray(value)) return value[indexIn(token, value.length - 1)];
    return isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : unfit();
  }, document);
}

/** The reference tokens of a JSON Pointer (RFC 6901). */
function tokensOf(pointer: Json): string[] {
  if (typeof pointer !== "string" || /~(?![01])/.test(pointer)) return unfit();
  if (pointer === "") return [];
  const [empty, ...tokens] = pointer.split("/");
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
