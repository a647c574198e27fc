import type { OperationName, Request, Response } from "../authlete/operations.ts";
import { refuseCall } from "./call-refusal.ts";
import type { EngineContext } from "./context.ts";
import { answering, type answerRefusal, Refusal, type RefusalCode } from "./refusal.ts";

/** An operation as the engine carries it out. Members of the request may be missing, or `null` as on the wire. */
export type EngineOperation<Name extends OperationName> = (
  context: EngineContext,
  request: Partial<Request<Name>>,
) => Promise<Response<Name>>;

/** The operations of these names, one function each. */
export type EngineOperations<Names extends OperationName = OperationName> = {
  readonly [Name in Names]: EngineOperation<Name>;
};

/** Turns the refusals of an operation into answers. */
export function refusing<Message, Answer>(
  operation: (context: EngineContext, request: Message) => Promise<Answer>,
) {
  return (context: EngineContext, request: Message): Promise<Answer | ReturnType<typeof answerRefusal>> =>
    answering(context.service, () => operation(context, request));
}

/** Turns the refusals of an operation into answers that are its own. */
export function refusingWith<Message, Answer, Refused>(
  operation: (context: EngineContext, request: Message) => Promise<Answer>,
  answer: (context: EngineContext, code: RefusalCode) => Refused,
) {
  return async (context: EngineContext, request: Message): Promise<Answer | Refused> => {
    try {
      return await operation(context, request);
    } catch (error) {
      if (error instanceof Refusal) return answer(context, error.code);
      throw error;
    }
  };
}

/** An operation that this engine does not offer: refused as the API refuses a feature that is not enabled (403). */
export async function unavailable(): Promise<never> {
  return refuseCall("A001223");
}
