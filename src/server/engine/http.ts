import { withoutNulls } from "../authlete/absent.ts";
import { EngineRefusedCall } from "../authlete/error.ts";
import type { Operation, OperationName } from "../authlete/operations.ts";
import { callRefusals } from "./call-refusal.ts";
import type { Engine } from "./engine.ts";
import { checkAuthorization } from "./web-api/authorization.ts";
import { readMessage } from "./web-api/read-request.ts";
import { refusalBody, WebApiRefusal } from "./web-api/refusal.ts";
import { findRoute, isOpen } from "./web-api/route.ts";

export type WebApiOptions = {
  engine: Engine;
  /** The one service this engine answers for. */
  serviceId: string;
  /** The access token that opens the service. */
  token: string;
  /** Learns of failures that are faults of the engine; the caller only sees that there was one. */
  report: (error: unknown) => void;
};

/**
 * The engine as the Authlete 3.0 Web API: every row of the contract table at `/api/{serviceId}/{path}` (a few at
 * `/api/{path}`), for the SDKs of Authlete and any other HTTP client.
 *
 * @returns an endpoint that answers every request and never rejects: 200 (or 204 where there is nothing to say) when an
 *   operation answered, whatever its `action`; 4xx and 5xx with `{ resultCode, resultMessage }` when the call failed.
 */
export function createWebApi(options: WebApiOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return await answerCall(options, request);
    } catch (error) {
      return refuse(asRefusal(error, options.report));
    }
  };
}

async function answerCall({ engine, serviceId, token }: WebApiOptions, request: Request): Promise<Response> {
  const { path, query } = readUrl(request.url);
  if (!isOpen(request.method, path)) checkAuthorization(request.headers.get("authorization"), token);
  if (path === undefined) throw new WebApiRefusal("unknownOperation");
  const route = findRoute(request.method, path, serviceId);
  const message = await readMessage(request, query, route);
  const answer = await run(engine, route.name, message);
  return writeAnswer(route.operation, answer, message.pretty === true);
}

/** Which message goes with which operation was settled when it was read: by the row's own schema. */
function run(engine: Engine, name: OperationName, message: Record<string, unknown>): Promise<unknown> {
  return (engine[name] as (message: Record<string, unknown>) => Promise<unknown>)(message);
}

const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
const jsonHeaders = { ...headers, "content-type": "application/json;charset=utf-8" };

const textHeaders = { ...headers, "content-type": "text/plain;charset=utf-8" };

function writeAnswer({ answerType, emptyAnswer }: Operation, answer: unknown, isPretty: boolean): Response {
  if (answerType === "text/plain") return new Response(String(answer), { headers: textHeaders });
  const text = JSON.stringify(withoutNulls(answer));
  if (emptyAnswer && text === JSON.stringify(emptyAnswer))
    return new Response(null, { status: 204, headers });
  return new Response(isPretty ? JSON.stringify(JSON.parse(text), null, 2) : text, { headers: jsonHeaders });
}

const URL_PARTS = /^https?:\/\/[^/?#]*\/api\/([^/?#]+\/[^?#]*)(?:\?([^#]*))?/;

/** What follows `/api/`, at least two segments of it, and the query. */
function readUrl(url: string): { path: string | undefined; query: string } {
  const [, path, query = ""] = URL_PARTS.exec(url) ?? [];
  return { path, query };
}

type Refused = { status: number; resultCode: string; message: string; headers?: Record<string, string> };

function asRefusal(error: unknown, report: WebApiOptions["report"]): Refused {
  if (error instanceof WebApiRefusal) return error;
  if (error instanceof EngineRefusedCall) return asCallRefusal(error);
  report(error);
  return new WebApiRefusal("failed");
}

/** The text is that of the result code: errors carry none. */
function asCallRefusal({ status, resultCode = "A001223", member }: EngineRefusedCall): Refused {
  if (member !== undefined) {
    return { status, resultCode, message: `The member ${member} is missing, or is not what it can be.` };
  }
  const known: Readonly<Record<string, readonly [number, string]>> = callRefusals;
  const message = Object.hasOwn(known, resultCode) ? known[resultCode]?.[1] : undefined;
  return { status, resultCode, message: message ?? "The engine refused the call." };
}

function refuse(refused: Refused): Response {
  return new Response(refusalBody(refused), {
    status: refused.status,
    headers: { ...jsonHeaders, ...refused.headers },
  });
}
