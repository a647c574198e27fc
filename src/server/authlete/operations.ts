import type { z } from "zod";
import { clientGetRequestSchema, clientGetResponseSchema } from "./messages/client-get.ts";
import { introspectionRequestSchema, introspectionResponseSchema } from "./messages/introspection.ts";
import { revocationRequestSchema, revocationResponseSchema } from "./messages/revocation.ts";
import { serviceGetRequestSchema, serviceGetResponseSchema } from "./messages/service-get.ts";
import { serviceJwksGetRequestSchema, serviceJwksGetResponseSchema } from "./messages/service-jwks-get.ts";
import { tokenRequestSchema, tokenResponseSchema } from "./messages/token.ts";
import { tokenFailRequestSchema, tokenFailResponseSchema } from "./messages/token-fail.ts";
import { tokenIssueRequestSchema, tokenIssueResponseSchema } from "./messages/token-issue.ts";

/**
 * The contract with the engine: one row per operation of the Authlete 3.0 API, relative to
 * `/api/{serviceId}/`. The `Authlete` type, the client of the cloud, the embedded engine's HTTP face, the
 * contract tests and the documentation are loops over this table.
 *
 * - `path`: a segment in braces is filled from the request member of that name;
 *   the other members of a GET request become its query.
 * - `emptyAnswer`: what an answer without content (204) means; other operations never answer like that.
 * - `repeatable`: asking twice changes nothing, so a client may ask again. False for whatever consumes a
 *   ticket or issues a token: a lost answer there is an unknown outcome, and unknown outcomes are final.
 */
export const operations = {
  "auth/token": {
    method: "POST",
    path: "auth/token",
    request: tokenRequestSchema,
    response: tokenResponseSchema,
    repeatable: false,
  },
  "auth/token/issue": {
    method: "POST",
    path: "auth/token/issue",
    request: tokenIssueRequestSchema,
    response: tokenIssueResponseSchema,
    repeatable: false,
  },
  "auth/token/fail": {
    method: "POST",
    path: "auth/token/fail",
    request: tokenFailRequestSchema,
    response: tokenFailResponseSchema,
    repeatable: false,
  },
  "auth/introspection": {
    method: "POST",
    path: "auth/introspection",
    request: introspectionRequestSchema,
    response: introspectionResponseSchema,
    repeatable: true,
  },
  "auth/revocation": {
    method: "POST",
    path: "auth/revocation",
    request: revocationRequestSchema,
    response: revocationResponseSchema,
    repeatable: true,
  },
  "service/get": {
    method: "GET",
    path: "service/get",
    request: serviceGetRequestSchema,
    response: serviceGetResponseSchema,
    repeatable: true,
  },
  "service/jwks/get": {
    method: "GET",
    path: "service/jwks/get",
    request: serviceJwksGetRequestSchema,
    response: serviceJwksGetResponseSchema,
    repeatable: true,
    emptyAnswer: { keys: [] },
  },
  "client/get": {
    method: "GET",
    path: "client/get/{clientId}",
    request: clientGetRequestSchema,
    response: clientGetResponseSchema,
    repeatable: true,
  },
} as const satisfies Record<string, Operation>;

/** A row of the contract table. */
export type Operation = {
  method: "GET" | "POST";
  path: string;
  request: z.ZodObject;
  response: z.ZodType;
  repeatable: boolean;
  emptyAnswer?: Record<string, unknown>;
};

export type OperationName = keyof typeof operations;
export type Request<Name extends OperationName> = z.infer<(typeof operations)[Name]["request"]>;
export type Response<Name extends OperationName> = z.infer<(typeof operations)[Name]["response"]>;

/**
 * The engine as the rest of Ticketgate sees it: a function per operation, in process or over the network.
 * A call that the engine answered resolves, whatever the answer's `action`; a call that failed rejects with
 * one of the errors of `error.ts`.
 */
export type Authlete = { [Name in OperationName]: (request: Request<Name>) => Promise<Response<Name>> };
