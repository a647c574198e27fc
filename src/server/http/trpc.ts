import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { authenticateBackend } from "../flow/authenticate-backend.ts";
import { catalogue, TicketgateError } from "../flow/error.ts";
import type { FlowPorts } from "../flow/ports.ts";
import { requestCookieJar } from "../session/cookie.ts";
import { type Actor, type Context, createContext, newCorrelationId } from "../trpc/context.ts";
import { ticketgateError, trpcError } from "../trpc/public-error.ts";
import { appRouter } from "../trpc/router.ts";
import { callerAddress } from "./caller-address.ts";
import type { Endpoint } from "./endpoint.ts";
import { createResponse } from "./response.ts";
import { readProcedureBody } from "./trpc-body.ts";
import { checkCall, type TrpcCall } from "./trpc-checks.ts";
import {
  allowedMethods,
  answerDirectly,
  errorAnswer,
  isMutation,
  type TrpcAnswer,
} from "./trpc-procedure.ts";

const PREFIX = "/api/trpc/";

type TrpcServices = FlowPorts & {
  config: { origin: string; trustedOrigins: readonly string[]; addressHeader: string | undefined };
};

/**
 * The procedures over HTTP, in tRPC's own protocol.
 *
 * A single POST, which is what every sensitive call is, goes to the procedure directly; queries and batches go through tRPC's
 * adapter. Both answer the same.
 *
 * @returns an endpoint that answers every request and never rejects.
 * @see https://trpc.io/docs/rpc
 */
export function createTrpcEndpoint(services: TrpcServices): Endpoint {
  return async (request) => {
    const jar = requestCookieJar(request.headers.get("cookie"));
    const call = readCall(request);
    const failed = (error: unknown) => answerError(services, error, call.paths[0]);
    const { status, body } = await answerCall(services, call, jar).catch(failed);
    const headers: [string, string][] = [
      ["content-type", "application/json"],
      ["cache-control", "no-store"],
      ["x-content-type-options", "nosniff"],
    ];
    if (status === 401) headers.push(["www-authenticate", "Bearer"]);
    if (status === 405) headers.push(["allow", allowedMethods(call.paths[0])]);
    for (const cookie of jar.setCookies()) headers.push(["set-cookie", cookie]);
    return createResponse(body, { status, headers });
  };
}

function readCall(request: Request): TrpcCall {
  const { pathname, searchParams } = new URL(request.url);
  const batch = searchParams.has("batch");
  const names = pathname.slice(PREFIX.length);
  return {
    request,
    paths: decoded(names).split(","),
    batch,
    bearer: /^Bearer +(?<token>\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.groups?.token,
  };
}

/** A name that is not well encoded is no procedure's, as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function answerCall(
  services: TrpcServices,
  call: TrpcCall,
  jar: ReturnType<typeof requestCookieJar>,
): Promise<TrpcAnswer> {
  checkCall(call, services.config.trustedOrigins);
  const { request, paths, batch, bearer } = call;
  const actor: Actor =
    bearer === undefined ? browserActor(services, request, jar) : await authenticateBackend(services, bearer);
  const context = createContext(services, { actor, origin: services.config.origin });
  const body = request.method === "POST" ? await readProcedureBody(request) : undefined;
  const [path = ""] = paths;
  if (body === undefined || batch || paths.length > 1 || !isMutation(path))
    return answerByAdapter(call, context, body);
  return answerDirectly(path, context, body);
}

/** Another kind of Authorization is a caller who believes to have shown who it is, and has not. */
function browserActor(
  { config }: TrpcServices,
  { headers }: Request,
  cookies: ReturnType<typeof requestCookieJar>,
): Actor {
  if (headers.has("authorization"))
    throw new TicketgateError("UNAUTHORIZED", { detail: "not a Bearer token" });
  return { kind: "browser", cookies, address: callerAddress(headers, config.addressHeader) };
}

async function answerByAdapter(
  { request, paths }: TrpcCall,
  context: Context,
  body: string | undefined,
): Promise<TrpcAnswer> {
  const response = await fetchRequestHandler({
    endpoint: PREFIX.slice(0, -1),
    req:
      body === undefined
        ? request
        : new Request(request.url, { method: "POST", headers: request.headers, body }),
    router: appRouter,
    createContext: () => context,
    maxBatchSize: paths.length,
  });
  return { status: response.status, body: await response.text() };
}

/** A failure before any procedure ran. */
function answerError(services: TrpcServices, thrown: unknown, path: string | undefined): TrpcAnswer {
  const error = ticketgateError(thrown);
  const { code: errorCode, detail, cause } = error;
  if (catalogue[errorCode].status >= 500) {
    error.correlationId = newCorrelationId(services);
    const { correlationId } = error;
    services.log.error("trpc.failed", { path, errorCode, detail, correlationId, cause });
  } else services.log.info("trpc.refused", { path, errorCode, detail });
  return errorAnswer(trpcError(error), path, undefined);
}
