import type { z } from "zod";
import type { Operation } from "./operation.ts";
import { authorizationRows } from "./operations/authorization.ts";
import { clientRows } from "./operations/client.ts";
import { clientScopesRows } from "./operations/client-scopes.ts";
import { deviceAndBackchannelRows } from "./operations/device-and-backchannel.ts";
import { serviceRows } from "./operations/service.ts";
import { tokenRows } from "./operations/token.ts";
import { tokenManagementRows } from "./operations/token-management.ts";
import { tokenUseRows } from "./operations/token-use.ts";

export type { Operation } from "./operation.ts";

/**
 * The contract with the engine: one row per operation of the Authlete 3.0 API. The `Authlete` type, the client of the
 * cloud, the embedded engine and its HTTP face, the contract tests and the documentation are loops over this table.
 */
export const operations = {
  ...authorizationRows,
  ...tokenRows,
  ...tokenUseRows,
  ...tokenManagementRows,
  ...deviceAndBackchannelRows,
  ...clientRows,
  ...clientScopesRows,
  ...serviceRows,
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
export type Request<Name extends OperationName> = z.infer<(typeof operations)[Name]["request"]>;
export type Response<Name extends OperationName> = z.infer<(typeof operations)[Name]["response"]>;

/**
 * The engine as the rest of Ticketgate sees it: a function per operation, in process or over the network.
 * A call that the engine answered resolves, whatever the answer's `action`; a call that failed rejects with
 * one of the errors of `error.ts`.
 */
export type Authlete = { [Name in OperationName]: (request: Request<Name>) => Promise<Response<Name>> };
