import type { PublicError } from "../server/flow/error.ts";

/** Why a call failed: what Ticketgate said, or that it could not be reached at all. */
export type CallError = PublicError | (Omit<PublicError, "code"> & { code: "UNREACHABLE" });

/** What is said when there is no answer of Ticketgate at all. */
export const unreachable = {
  code: "UNREACHABLE",
  status: 0,
  text: "Ticketgate cannot be reached.",
  advice: "Check the connection and try again.",
} as const satisfies CallError;

/**
 * Reads what a failed tRPC call says. Whatever is not an error of Ticketgate's catalogue counts as not reached, so no other
 * text is ever shown.
 *
 * @param thrown what the client threw.
 */
export function callErrorOf(thrown: unknown): CallError {
  const shape: unknown = thrown instanceof Error && "data" in thrown ? thrown.data : undefined;
  return isPublicError(shape) ? publicPart(shape) : unreachable;
}

function isPublicError(value: unknown): value is PublicError {
  if (typeof value !== "object" || value === null) return false;
  const { code, status, text, advice } = value as Record<string, unknown>;
  return [code, text, advice].every((part) => typeof part === "string") && typeof status === "number";
}

function publicPart({ code, status, text, advice, fields, correlationId }: PublicError): PublicError {
  return {
    code,
    status,
    text,
    advice,
    ...(fields === undefined ? {} : { fields }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}
