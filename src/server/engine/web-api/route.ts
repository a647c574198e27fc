import type { Route as OperationRoute } from "../../authlete/operation.ts";
import { type Operation, type OperationName, operations } from "../../authlete/operations.ts";
import { WebApiRefusal } from "./refusal.ts";
import { addRoute, createRouteTree, type Found, findPath } from "./route-tree.ts";

/** A row of the contract table that answers a path, with the members that stand in the path. */
export type Route = Entry & { members: Record<string, string> };

type Entry = { name: OperationName; operation: Operation };

type NamedEntry = Entry & { memberNames: readonly string[] };

const rows = Object.entries(operations) as [OperationName, Operation][];
const trees = { inside: createRouteTree<NamedEntry>(), outside: createRouteTree<NamedEntry>() };
for (const [name, operation] of rows) {
  for (const route of [operation, ...(operation.aliases ?? [])]) {
    const tree = operation.outsideService ? trees.outside : trees.inside;
    addRoute(tree, route, { name, operation, memberNames: memberNamesOf(route) });
  }
}

function memberNamesOf({ path }: OperationRoute): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

/** Features of the API that this engine does not have, by the first segment of their paths. */
const unavailableFeatures = new Set(["vci", "federation", "hsk"]);

/**
 * Finds the operation that a call is for.
 *
 * @param path what follows `/api/`, percent-encoded.
 * @param serviceId the one service this engine answers for.
 * @throws WebApiRefusal: 403 for a foreign service and for a feature that is not available, 404 for an unknown path, 405
 *   for a method that the path does not have.
 */
export function findRoute(method: string, path: string, serviceId: string): Route {
  const segments = path.split("/");
  const found = segments[0] === serviceId ? findInside(segments.slice(1)) : findPath(trees.outside, segments);
  if (!found) throw new WebApiRefusal(segments[0] === serviceId ? "unknownOperation" : "foreignService");
  const entry = found.methods.get(method);
  if (!entry) throw new WebApiRefusal("wrongMethod", { headers: { allow: allowOf(found) } });
  const { name, operation, memberNames } = entry;
  const members = memberNames.map((member, index) => [member, decoded(found.values[index] ?? "")]);
  return { name, operation, members: Object.fromEntries(members) };
}

function findInside(segments: readonly string[]): Found<NamedEntry> | undefined {
  if (unavailableFeatures.has(segments[0] ?? "")) throw new WebApiRefusal("unavailableFeature");
  return findPath(trees.inside, segments);
}

function allowOf({ methods }: Found<NamedEntry>): string {
  return [...methods.keys()].join(", ");
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new WebApiRefusal("unknownOperation");
  }
}

const openCalls = new Set(
  rows
    .filter(([, { unauthenticated }]) => unauthenticated)
    .map(([, { method, path }]) => `${method} ${path}`),
);

/** Tells whether a call needs no access token. */
export function isOpen(method: string, path: string | undefined): boolean {
  return openCalls.has(`${method} ${path}`);
}
