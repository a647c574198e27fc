import type { EngineContext } from "../context.ts";
import { refusingWith } from "../operation.ts";
import { answerRefusal } from "../refusal.ts";

/**
 * Turns the refusals of an endpoint into answers. A client that is not authenticated is `UNAUTHORIZED` here, where the token
 * endpoint says `INVALID_CLIENT`.
 */
export function refusingUnauthorized<Message, Answer>(
  operation: (context: EngineContext, request: Message) => Promise<Answer>,
) {
  return refusingWith(operation, ({ service }, code) => {
    const { action, ...refused } = answerRefusal(service, code);
    return { ...refused, action: action === "INVALID_CLIENT" ? ("UNAUTHORIZED" as const) : action };
  });
}
