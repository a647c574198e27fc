import { EngineError, EngineRefusedCall, EngineUnavailable } from "../authlete/error.ts";
import type { OperationName, Request, Response } from "../authlete/operations.ts";
import { authorizationOperations } from "./authorization/operations.ts";
import { backchannelOperations } from "./backchannel/operations.ts";
import { CallRefusal } from "./call-refusal.ts";
import { clientOperations } from "./client/operations.ts";
import { clientRegistrationOperations } from "./client-registration/operations.ts";
import type { EngineContext, EngineOptions } from "./context.ts";
import { deviceOperations } from "./device/operations.ts";
import { grantManagementOperations } from "./grant-management/operations.ts";
import { introspectionOperations } from "./introspection/operations.ts";
import { createKeys } from "./jose/keys.ts";
import { joseOperations } from "./jose/operations.ts";
import { lifecycleOperations } from "./lifecycle/operations.ts";
import { nativeSsoOperations } from "./native-sso/operations.ts";
import { type EngineOperations, unavailable } from "./operation.ts";
import { pushedAuthorizationOperations } from "./pushed-authorization/operations.ts";
import { revocationOperations } from "./revocation/operations.ts";
import { serviceOperations } from "./service/operations.ts";
import { tokenOperations } from "./token/operations.ts";
import { tokenManagementOperations } from "./token-management/operations.ts";
import { userinfoOperations } from "./userinfo/operations.ts";

/**
 * The embedded engine: a function for each operation of the contract. Members of a request may be missing or `null`, as
 * they may be on the wire.
 */
export type Engine = {
  [Name in OperationName]: (request: Partial<Request<Name>>) => Promise<Response<Name>>;
};

const operations: EngineOperations = {
  ...authorizationOperations,
  ...pushedAuthorizationOperations,
  ...tokenOperations,
  ...introspectionOperations,
  ...revocationOperations,
  ...userinfoOperations,
  ...grantManagementOperations,
  ...deviceOperations,
  ...backchannelOperations,
  ...tokenManagementOperations,
  ...clientOperations,
  ...clientRegistrationOperations,
  ...serviceOperations,
  ...joseOperations,
  ...nativeSsoOperations,
  ...lifecycleOperations,
};

/** The operations of the contract that this engine does not offer: each call of them is refused (403, A001223). */
export const unavailableOperations: readonly OperationName[] = (
  Object.keys(operations) as OperationName[]
).filter((name) => operations[name] === unavailable);

const TICKET_DURATION_MS = 24 * 60 * 60 * 1000;

type Shared = Omit<EngineContext, "service" | "now">;

/** An operation of which no more is known than that it is one: what the row of its name says of its messages holds. */
type AnyOperation = (context: EngineContext, request: object) => Promise<unknown>;

/**
 * Makes the engine of one service.
 *
 * Every function resolves with an answer, whose `action`, where it has one, says what to do. It rejects with
 * `EngineUnavailable` when the store fails or the service is not there, and with `EngineRefusedCall` when the call itself
 * is refused, for example because there is no such client (404).
 *
 * @param options the ports, the id of the service, and the lifetime of tickets in milliseconds.
 */
export function createEngine(options: EngineOptions): Engine {
  const shared: Shared = { ticketDurationMs: TICKET_DURATION_MS, ...options, keys: createKeys() };
  const calls = Object.entries(operations).map(([name, operation]) => [
    name,
    (request: object) => serve(shared, { name, operation: operation as AnyOperation }, request ?? {}),
  ]);
  return Object.fromEntries(calls) as Engine;
}

async function serve(
  shared: Shared,
  { name, operation }: { name: string; operation: AnyOperation },
  request: object,
): Promise<unknown> {
  try {
    const service = await shared.store.read.findService(shared.serviceId);
    if (!service) throw new EngineUnavailable(name, "there is no such service", { outcomeUnknown: false });
    return await operation({ ...shared, service, now: shared.clock() }, request);
  } catch (error) {
    throw asEngineError(name, error);
  }
}

function asEngineError(name: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (error instanceof CallRefusal) {
    return new EngineRefusedCall(name, error.status, error.code, error.member);
  }
  return new EngineUnavailable(name, "the engine failed", { cause: error, outcomeUnknown: true });
}
