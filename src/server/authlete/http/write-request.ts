import { EngineRefusedCall } from "../error.ts";
import type { Method } from "../operation.ts";
import { type Operation, operations } from "../operations.ts";

/** An HTTP request, ready to send. */
export type HttpRequest = {
  url: string;
  method: Method;
  headers: Record<string, string>;
  body?: string;
};

type Target = { baseUrl: string; serviceId: string; token: string };

/**
 * A bearer token as RFC 6750 section 2.1 writes it.
 *
 * @throws Error, without the token, when it has other characters: `fetch` would quote it in an error of its own.
 */
export function checkToken(token: string): void {
  if (!/^[\w.~+/-]+=*$/.test(token)) throw new Error("The access token for the engine is malformed.");
}

/**
 * The request of one call: path and query, or path and JSON body.
 *
 * @throws EngineRefusedCall (404) when a value cannot stand in a path: there is nothing of that name.
 */
export function writeRequest(
  target: Target,
  { name, operation }: { name: string; operation: Operation },
  request: Record<string, unknown>,
): HttpRequest {
  const { method } = operation;
  const { path, rest } = fillPath(name, operation.path, request);
  const url = `${rootOf(target, operation)}/${path}`;
  const headers = headersOf(target, operation);
  if (method === "GET" || method === "DELETE") return { url: url + queryOf(rest), method, headers };
  return {
    url,
    method,
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(rest),
  };
}

function rootOf({ baseUrl, serviceId }: Target, { outsideService }: Operation): string {
  const root = `${baseUrl.replace(/\/+$/, "")}/api`;
  return outsideService ? root : `${root}/${encodeURIComponent(serviceId)}`;
}

/** The token goes only where it is asked for. */
function headersOf({ token }: Target, operation: Operation): Record<string, string> {
  const accept = operation.answerType ?? "application/json";
  return operation.unauthenticated ? { accept } : { accept, authorization: `Bearer ${token}` };
}

/** Paths that no member may turn a path into: those of other operations. */
const fixedPaths = new Set<string>(Object.values(operations).map(({ path }) => path));

function fillPath(name: string, template: string, request: Record<string, unknown>) {
  const rest = { ...request };
  const path = template.replace(/\{(\w+)\}/g, (_braces, member: string) => {
    const value = String(rest[member] ?? "");
    delete rest[member];
    return pathSegment(name, value);
  });
  if (path !== template && fixedPaths.has(path)) throw new EngineRefusedCall(name, 404, undefined);
  return { path, rest };
}

/** URLs drop the segments `.` and `..`, however they are written: the call would reach another operation. */
function pathSegment(name: string, value: string): string {
  if (value === "" || value === "." || value === ".." || !value.isWellFormed()) {
    throw new EngineRefusedCall(name, 404, undefined);
  }
  return encodeURIComponent(value);
}

function queryOf(members: Record<string, unknown>): string {
  const given = Object.entries(members).filter(([, value]) => value !== undefined && value !== null);
  if (given.length === 0) return "";
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
