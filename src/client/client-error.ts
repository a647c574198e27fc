import type { PublicError } from "../server/flow/error.ts";
import { type CallError, callErrorOf } from "./call-error.ts";

/** `TOKEN_REFUSED`: the token endpoint gave no access token; `text` then holds its `error` (RFC 6749 5.2). */
export type ClientErrorCode = CallError["code"] | "TOKEN_REFUSED";

/** Why a call of a back end failed. It never holds the access token or the client's secret. */
export class TicketgateClientError extends Error {
  readonly code: ClientErrorCode;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly advice: string;
  /** What is wrong with which field of the input. */
  readonly fields: PublicError["fields"];
  /** Finds the cause in the server's log. */
  readonly correlationId: string | undefined;

  constructor(failure: Omit<CallError, "code"> & { code: ClientErrorCode }) {
    super(failure.text);
    this.name = "TicketgateClientError";
    this.code = failure.code;
    this.status = failure.status;
    this.advice = failure.advice;
    this.fields = failure.fields;
    this.correlationId = failure.correlationId;
  }
}

/**
 * Turns what a tRPC call threw into the one error type of this client.
 *
 * @param thrown what the call threw. Nothing of it but Ticketgate's own public error is kept.
 */
export function clientErrorOf(thrown: unknown): TicketgateClientError {
  if (thrown instanceof TicketgateClientError) return thrown;
  if (thrown instanceof Error && thrown.cause instanceof TicketgateClientError) return thrown.cause;
  return new TicketgateClientError(callErrorOf(thrown));
}
