import { EngineError } from "../authlete/error.ts";
import { TicketgateError } from "./error.ts";

/**
 * What a failed call of the engine is for a caller of ours. An engine that cannot be reached, refuses Ticketgate's own token, or
 * talks nonsense is the same to a person who wants to sign in: not available. Which it was stands in the log.
 */
export function engineFailure(error: EngineError): TicketgateError {
  return new TicketgateError("ENGINE_UNAVAILABLE", {
    detail: `${error.code} ${error.operation}`,
    cause: error,
  });
}

/** Runs calls of the engine and turns a failed one into an error of the catalogue. */
export async function askingEngine<Result>(calls: () => Promise<Result>): Promise<Result> {
  try {
    return await calls();
  } catch (error) {
    throw error instanceof EngineError ? engineFailure(error) : error;
  }
}
