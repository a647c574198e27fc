import { EngineError, EngineUnavailable } from "../authlete/error.ts";
import type { OperationName, Request, Response } from "../authlete/operations.ts";
import type { Service } from "../authlete/service.ts";
import { createServiceKeys } from "./access-token/service-keys.ts";
import { getClient } from "./client/get.ts";
import type { EngineContext, EngineOptions } from "./context.ts";
import { introspect } from "./introspection/introspection.ts";
import { answering, type answerRefusal } from "./refusal.ts";
import { revoke } from "./revocation/revocation.ts";
import { getServiceJwks } from "./service/jwks-get.ts";
import { failToken } from "./token/fail.ts";
import { issueToken } from "./token/issue.ts";
import { token } from "./token/token.ts";

/**
 * The embedded engine: a function for each operation of the contract. Members of a request may be missing or `null`, as
 * they may be on the wire.
 */
export type Engine = {
  [Name in OperationName]: (request: Partial<Request<Name>>) => Promise<Response<Name>>;
};

const TICKET_DURATION_MS = 24 * 60 * 60 * 1000;

type Operation<Name extends OperationName, Answer> = (
  context: EngineContext,
  request: Partial<Request<Name>>,
) => Promise<Answer>;

/**
 * Makes the engine of one service.
 *
 * Every function resolves with an answer whose `action` says what to do, and rejects with `EngineUnavailable` when the
 * store fails or the service is not there, or, for `client/get`, with `EngineRefusedCall` (404).
 *
 * @param options the ports, the id of the service, and the lifetime of tickets in milliseconds.
 */
export function createEngine(options: EngineOptions): Engine {
  const shared = { ticketDurationMs: TICKET_DURATION_MS, ...options, keys: createServiceKeys() };
  const serve = <Name extends OperationName, Answer>(name: Name, operation: Operation<Name, Answer>) => {
    return async (request: Partial<Request<Name>>): Promise<Answer> => {
      try {
        const service = await shared.store.read.findService(shared.serviceId);
        if (!service)
          throw new EngineUnavailable(name, "there is no such service", { outcomeUnknown: false });
        return await operation({ ...shared, service, now: shared.clock() }, request ?? {});
      } catch (error) {
        if (error instanceof EngineError) throw error;
        throw new EngineUnavailable(name, "the engine failed", { cause: error, outcomeUnknown: true });
      }
    };
  };
  return {
    "auth/token": serve("auth/token", refusing(token)),
    "auth/token/issue": serve("auth/token/issue", issueAnswer),
    "auth/token/fail": serve("auth/token/fail", failAnswer),
    "auth/introspection": serve("auth/introspection", introspect),
    "auth/revocation": serve("auth/revocation", refusing(revoke)),
    "service/get": serve("service/get", getService),
    "service/jwks/get": serve("service/jwks/get", getServiceJwks),
    "client/get": serve("client/get", getClient),
  };
}

/** Turns the refusals of an operation into answers. */
function refusing<Message, Answer>(operation: (context: EngineContext, request: Message) => Promise<Answer>) {
  return (context: EngineContext, request: Message): Promise<Answer | ReturnType<typeof answerRefusal>> =>
    answering(context.service, () => operation(context, request));
}

/** For the caller of `auth/token/issue` every refusal is a fault of its own or of the engine. */
async function issueAnswer(
  context: EngineContext,
  request: Partial<Request<"auth/token/issue">>,
): Promise<Response<"auth/token/issue">> {
  const answer = await refusing(issueToken)(context, request);
  return answer.action === "OK" ? answer : { ...answer, action: "INTERNAL_SERVER_ERROR" };
}

async function failAnswer(
  context: EngineContext,
  request: Partial<Request<"auth/token/fail">>,
): Promise<Response<"auth/token/fail">> {
  const answer = await refusing(failToken)(context, request);
  const action = answer.action === "BAD_REQUEST" ? "BAD_REQUEST" : "INTERNAL_SERVER_ERROR";
  return { ...answer, action };
}

async function getService({ service }: EngineContext): Promise<Service> {
  return service;
}
