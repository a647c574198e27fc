import { withoutNulls } from "../authlete/absent.ts";
import { EngineRefusedCall } from "../authlete/error.ts";
import type { OperationName } from "../authlete/operations.ts";
import type { Engine } from "./engine.ts";
import { checkAuthorization } from "./web-api/authorization.ts";
import { readMessage } from "./web-api/read-request.ts";
import { refusalBody, WebApiRefusal } from "./web-api/refusal.ts";
import { findRoute } from "./web-api/route.ts";

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
 * The engine as the Authlete 3.0 Web API: every row of the contract table at `/api/{serviceId}/{path}`, for the SDKs of
 * Authlete and any other HTTP client.
 *
 * @returns an endpoint that answers every request and never rejects: 200 (or 204 for a set without members) when an
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
  checkAuthorization(request.headers.get("authorization"), token);
  const { path, query } = readUrl(request.url, serviceId);
  const route = findRoute(request.method, path);
  const message = await readMessage(request, query, route);
  const answer = await run(engine, route.name, message);
  if (isEmpty(answer, route.operation.emptyAnswer)) return new Response(null, { status: 204, headers });
  return new Response(JSON.stringify(withoutNulls(answer), null, message.pretty === true ? 2 : undefined), {
    headers: jsonHeaders,
  });
}

/** Which message goes with which operation was settled when it was read: by the row's own schema. */
function run(engine: Engine, name: OperationName, message: Record<string, unknown>): Promise<unknown> {
  return (engine[name] as (message: Record<string, unknown>) => Promise<unknown>)(message);
}

const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
const jsonHeaders = { ...headers, "content-type": "application/json;charset=utf-8" };

const URL_PARTS = /^https?:\/\/[^/?#]*\/api\/([^/?#]+)\/([^?#]*)(?:\?([^#]*))?/;

function readUrl(url: string, serviceId: string): { path: string; query: string } {
  const [, service, path, query = ""] = URL_PARTS.exec(url) ?? [];
  if (path === undefined) throw new WebApiRefusal("unknownOperation");
  if (service !== serviceId) throw new WebApiRefusal("foreignService");
  return { path, query };
}

/** An operation that has a form for "nothing" answers 204 in place of it. */
function isEmpty(answer: unknown, emptyAnswer: Record<string, unknown> | undefined): boolean {
  return emptyAnswer !== undefined && JSON.stringify(answer) === JSON.stringify(emptyAnswer);
}

type Refused = { status: number; resultCode: string; message: string; headers?: Record<string, string> };

function asRefusal(error: unknown, report: WebApiOptions["report"]): Refused {
  if (error instanceof WebApiRefusal) return error;
  if (error instanceof EngineRefusedCall) {
    return {
      status: error.status,
      resultCode: error.resultCode ?? "A001223",
      message: "The engine refused the call.",
    };
  }
  report(error);
  return new WebApiRefusal("failed");
}

function refuse(refused: Refused): Response {
  return new Response(refusalBody(refused), {
    status: refused.status,
    headers: { ...jsonHeaders, ...refused.headers },
  });
}
