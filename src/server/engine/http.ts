import { withoutNulls } from "../authlete/absent.ts";
import { EngineRefusedCall } from "../authlete/error.ts";
import type { Operation, OperationName } from "../authlete/operations.ts";
import { secretCheck } from "../secret/hash.ts";
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
  /** Makes the responses: a server may have a class for them that it writes faster. The global one unless given. */
  createResponse?: CreateResponse;
};

export type CreateResponse = (body: string | null, init: ResponseInit) => Response;

type Ports = Required<Omit<WebApiOptions, "token">> & { isAccessToken: (presented: string) => boolean };

/**
 * The engine as the Authlete 3.0 Web API: every row of the contract table at `/api/{serviceId}/{path}` (a few at
 * `/api/{path}`), for the SDKs of Authlete and any other HTTP client.
 *
 * @returns an endpoint that answers every request and never rejects: 200 (or 204 where there is nothing to say) when an
 *   operation answered, whatever its `action`; 4xx and 5xx with `{ resultCode, resultMessage }` when the call failed.
 */
export function createWebApi({
  token,
  createResponse = (body, init) => new Response(body, init),
  ...options
}: WebApiOptions): (request: Request) => Promise<Response> {
  const ports: Ports = { ...options, createResponse, isAccessToken: secretCheck(token) };
  return async (request) => {
    try {
      return await answerCall(ports, request);
    } catch (error) {
      return refuse(ports, asRefusal(error, options.report));
    }
  };
}

async function answerCall(ports: Ports, request: Request): Promise<Response> {
  const { engine, serviceId, isAccessToken, createResponse } = ports;
  const { path, query } = readUrl(request.url);
  if (!isOpen(request.method, path)) checkAuthorization(request.headers.get("authorization"), isAccessToken);
  if (path === undefined) throw new WebApiRefusal("unknownOperation");
  const route = findRoute(request.method, path, serviceId);
  const message = await readMessage(request, query, route);
  const answer = await run(engine, route.name, message);
  const { body, ...init } = writeAnswer(route.operation, answer, message.pretty === true);
  return createResponse(body, init);
}

/** Which message goes with which operation was settled when it was read: by the row's own schema. */
function run(engine: Engine, name: OperationName, message: Record<string, unknown>): Promise<unknown> {
  return (engine[name] as (message: Record<string, unknown>) => Promise<unknown>)(message);
}

const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
const jsonHeaders = { ...headers, "content-type": "application/json;charset=utf-8" };

const textHeaders = { ...headers, "content-type": "text/plain;charset=utf-8" };

type Written = { status: number; headers: Record<string, string>; body: string | null };

function writeAnswer({ answerType, emptyAnswer }: Operation, answer: unknown, isPretty: boolean): Written {
  if (answerType === "text/plain") return { status: 200, headers: textHeaders, body: String(answer) };
  const text = textOf(answer);
  if (emptyAnswer && text === JSON.stringify(emptyAnswer)) return { status: 204, headers, body: null };
  const body = isPretty ? JSON.stringify(JSON.parse(text), null, 2) : text;
  return { status: 200, headers: jsonHeaders, body };
}

const sharedTexts = new WeakMap<object, string>();

/** A frozen answer is one that is given again and again: its text is made once. */
function textOf(answer: unknown): string {
  const isShared = typeof answer === "object" && answer !== null && Object.isFrozen(answer);
  const known = isShared ? sharedTexts.get(answer) : undefined;
  if (known !== undefined) return known;
  const text = JSON.stringify(withoutNulls(answer));
  if (isShared) sharedTexts.set(answer, text);
  return text;
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

function refuse({ createResponse }: Ports, refused: Refused): Response {
  return createResponse(refusalBody(refused), {
    status: refused.status,
    headers: { ...jsonHeaders, ...refused.headers },
  });
}
