import { type TRPC_ERROR_CODE_KEY, TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import {
  catalogue,
  type ErrorCode,
  type FieldErrors,
  type PublicError,
  TicketgateError,
} from "../flow/error.ts";

/** Every code of the catalogue as tRPC's code of the same HTTP status. */
const trpcCodes = {
  BAD_REQUEST: "BAD_REQUEST",
  FORM_EXPIRED: "BAD_REQUEST",
  TICKET_INVALID: "BAD_REQUEST",
  BATCH_REFUSED: "BAD_REQUEST",
  CREDENTIALS_INVALID: "UNAUTHORIZED",
  SECOND_FACTOR_INVALID: "UNAUTHORIZED",
  UNAUTHORIZED: "UNAUTHORIZED",
  SUBJECT_MISMATCH: "FORBIDDEN",
  FORBIDDEN: "FORBIDDEN",
  CROSS_SITE_REFUSED: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  METHOD_NOT_ALLOWED: "METHOD_NOT_SUPPORTED",
  PAYLOAD_TOO_LARGE: "PAYLOAD_TOO_LARGE",
  UNSUPPORTED_MEDIA_TYPE: "UNSUPPORTED_MEDIA_TYPE",
  TOO_MANY_REQUESTS: "TOO_MANY_REQUESTS",
  ENGINE_UNAVAILABLE: "SERVICE_UNAVAILABLE",
  INTERNAL_ERROR: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorCode, TRPC_ERROR_CODE_KEY>;

/** What tRPC itself refuses, before or after a procedure runs. */
const ownCodes: Partial<Record<TRPC_ERROR_CODE_KEY, ErrorCode>> = {
  NOT_FOUND: "NOT_FOUND",
  METHOD_NOT_SUPPORTED: "METHOD_NOT_ALLOWED",
  PARSE_ERROR: "BAD_REQUEST",
  BAD_REQUEST: "BAD_REQUEST",
  PAYLOAD_TOO_LARGE: "PAYLOAD_TOO_LARGE",
  UNSUPPORTED_MEDIA_TYPE: "UNSUPPORTED_MEDIA_TYPE",
};

/**
 * Any thrown thing as an error of the catalogue: the one funnel. What it does not recognise becomes `INTERNAL_ERROR`, with
 * the thing itself as the cause, for the log only.
 */
export function ticketgateError(error: unknown): TicketgateError {
  if (error instanceof TicketgateError) return error;
  if (!(error instanceof TRPCError)) return new TicketgateError("INTERNAL_ERROR", { cause: error });
  if (error.cause instanceof TicketgateError) return error.cause;
  if (error.code === "BAD_REQUEST" && error.cause instanceof ZodError) {
    return new TicketgateError("BAD_REQUEST", { fields: fieldErrors(error.cause) });
  }
  const code = ownCodes[error.code] ?? "INTERNAL_ERROR";
  return new TicketgateError(code, { ...(code === "BAD_REQUEST" ? unreadable : {}), cause: error });
}

/** An input that could not be read at all has no fields yet: it is named as a whole, like what is wrong with it. */
const unreadable = { fields: { input: ["is not JSON as superjson writes it"] } };

/** An error of the catalogue as tRPC carries it. */
export function trpcError(error: TicketgateError): TRPCError {
  return new TRPCError({ code: trpcCodes[error.code], message: error.message, cause: error });
}

/** What leaves the server about a failure: never its detail, its cause or its stack. */
export function publicError(thrown: unknown): PublicError {
  const { code, fields, correlationId } = ticketgateError(thrown);
  return {
    code,
    ...catalogue[code],
    ...(fields ? { fields } : {}),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

/** Names that change what an object is: they cannot be names of an answer's fields either. */
const UNSAFE_NAMES = new Set(["__proto__", "constructor", "prototype"]);

/** What is wrong with which field, in texts that hold none of the input's values. */
function fieldErrors(error: ZodError): FieldErrors {
  const fields = new Map<string, Set<string>>();
  const add = (field: string, text: string) =>
    fields.set(field, new Set([...(fields.get(field) ?? []), text]));
  for (const issue of error.issues) {
    if (issue.code !== "unrecognized_keys") add(String(issue.path[0] ?? "input"), issue.message);
    else for (const key of issue.keys) addUnknownKey(add, key);
  }
  return Object.fromEntries([...fields].map(([field, texts]) => [field, [...texts]]));
}

function addUnknownKey(add: (field: string, text: string) => void, key: string): void {
  if (UNSAFE_NAMES.has(key)) add("input", unsafeName(key));
  else add(key.slice(0, 64), "is not a field of this procedure");
}

/** The text about a name that no field can have. */
export function unsafeName(name: string): string {
  return `the name ${name} is not allowed`;
}
