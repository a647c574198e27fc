import { type Operation, type OperationName, operations } from "../../authlete/operations.ts";
import { WebApiRefusal } from "./refusal.ts";

/** A row of the contract table that answers a path, with the members that stand in the path. */
export type Route = { name: OperationName; operation: Operation; members: Record<string, string> };

type Pattern = { name: OperationName; operation: Operation; prefix: string; member: string | undefined };

const patterns: Pattern[] = Object.entries(operations).map(([name, operation]) => {
  const [prefix = "", member] = operation.path.split(/\{(\w+)\}$/);
  return { name: name as OperationName, operation, prefix, member };
});

/**
 * Finds the operation that a call is for.
 *
 * @param path what follows `/api/{serviceId}/`, percent-encoded.
 * @throws WebApiRefusal: 404 for an unknown path, 405 for another method than the operation's.
 */
export function findRoute(method: string, path: string): Route {
  const pattern = patterns.find(({ prefix, member }) =>
    member === undefined ? path === prefix : path.startsWith(prefix) && isSegment(path.slice(prefix.length)),
  );
  if (!pattern) throw new WebApiRefusal("unknownOperation");
  const { name, operation, prefix, member } = pattern;
  if (method !== operation.method) {
    throw new WebApiRefusal("wrongMethod", { headers: { allow: operation.method } });
  }
  return { name, operation, members: member ? { [member]: decoded(path.slice(prefix.length)) } : {} };
}

function isSegment(text: string): boolean {
  return text !== "" && !text.includes("/");
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new WebApiRefusal("unknownOperation");
  }
}
