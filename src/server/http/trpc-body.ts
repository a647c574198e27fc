import { TRPCError } from "@trpc/server";
import { TicketgateError } from "../flow/error.ts";
import { unsafeName } from "../trpc/public-error.ts";
import { BodyTooLargeError, readBody } from "./body.ts";

const BODY_BYTES = 262_144;

/**
 * The body of a call, as text.
 *
 * @throws TicketgateError PAYLOAD_TOO_LARGE over 256 KiB; BAD_REQUEST for a body that breaks off.
 */
export async function readProcedureBody(request: Request): Promise<string> {
  try {
    return await readBody(request, BODY_BYTES);
  } catch (error) {
    if (error instanceof BodyTooLargeError) throw new TicketgateError("PAYLOAD_TOO_LARGE");
    throw new TicketgateError("BAD_REQUEST", { fields: { input: ["broke off"] }, cause: error });
  }
}

/** Turns what JSON can hold into what procedures take. */
type Deserializer = { deserialize(value: unknown): unknown };

/**
 * The input of a procedure, out of the text of a body.
 *
 * @throws TRPCError PARSE_ERROR for a text that is no input; TicketgateError BAD_REQUEST for one with the name `__proto__`.
 */
export function readInput(transformer: Deserializer, body: string): unknown {
  try {
    return transformer.deserialize(JSON.parse(body, PROTO.test(body) ? refuseProto : undefined));
  } catch (cause) {
    throw cause instanceof TicketgateError ? cause : new TRPCError({ code: "PARSE_ERROR", cause });
  }
}

/** The text may hold the name `__proto__`, as it is or with escapes. */
const PROTO = /proto|\\u/i;

/** The transformer would drop the name without a word, and no schema would see a key that is no field. */
function refuseProto(name: string, value: unknown): unknown {
  if (name !== "__proto__") return value;
  throw new TicketgateError("BAD_REQUEST", { fields: { input: [unsafeName(name)] } });
}
