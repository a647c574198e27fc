import {
  type AnyTRPCProcedure,
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  type TRPCError,
  transformTRPCResponse,
} from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { Context } from "../trpc/context.ts";
import { appRouter } from "../trpc/router.ts";
import { readInput } from "./trpc-body.ts";

const { _config: config } = appRouter._def;

/** JSON, before it becomes an HTTP response. */
export type TrpcAnswer = { status: number; body: string };

/** By dotted path: the type shows them nested, as a caller sees them. */
const procedures = new Map(
  Object.entries(appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>),
);

/** Whether `path` is the dotted name of a procedure that changes something. */
export function isMutation(path: string): boolean {
  return procedures.get(path)?._def.type === "mutation";
}

/** The methods of the procedure at `path`, which a 405 has to name (RFC 9110 section 15.5.6). */
export function allowedMethods(path = ""): string {
  if (!procedures.has(path)) return "GET, POST";
  return isMutation(path) ? "POST" : "GET";
}

/**
 * Calls a mutation without tRPC's adapter, and answers as the adapter does.
 *
 * @param body the text of the request, in the form of the router's transformer.
 */
export async function answerDirectly(path: string, context: Context, body: string): Promise<TrpcAnswer> {
  try {
    const data = await callTRPCProcedure({
      router: appRouter,
      path,
      type: "mutation",
      getRawInput: async () => readInput(config.transformer.input, body),
      ctx: context,
      signal: undefined,
      batchIndex: 0,
    });
    return jsonAnswer(200, transformTRPCResponse(config, { result: { data } }));
  } catch (error) {
    return errorAnswer(getTRPCErrorFromUnknown(error), path, context);
  }
}

/** An error in tRPC's own form, with its HTTP status. */
export function errorAnswer(
  error: TRPCError,
  path: string | undefined,
  ctx: Context | undefined,
): TrpcAnswer {
  const shape = getTRPCErrorShape({ config, error, type: "mutation", path, input: undefined, ctx });
  return jsonAnswer(getHTTPStatusCodeFromError(error), transformTRPCResponse(config, { error: shape }));
}

function jsonAnswer(status: number, body: unknown): TrpcAnswer {
  return { status, body: JSON.stringify(body) };
}
