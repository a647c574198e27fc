import type { EngineContext } from "../../context.ts";
import { answerRefusal, Refusal } from "../../refusal.ts";
import { RedirectedRefusal } from "./channel.ts";
import { respondError } from "./respond.ts";

/** Runs an operation and turns a refusal into its answer: by redirect where there is a way back to the client, else in the body. */
export async function answeringByChannel<Answer>(context: EngineContext, work: () => Promise<Answer>) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RedirectedRefusal) return redirected(context, error);
    if (error instanceof Refusal) return answerBody(context, error);
    throw error;
  }
}

/** Where not even the error can be sent, because the client wants it signed and nobody can, the caller has to know. */
async function redirected(context: EngineContext, refusal: RedirectedRefusal) {
  try {
    return await respondError(context, refusal.channel, refusal.code);
  } catch (error) {
    if (error instanceof Refusal) return answerBody(context, error);
    throw error;
  }
}

function answerBody({ service }: EngineContext, { code }: Refusal) {
  const answer = answerRefusal(service, code);
  const action =
    answer.action === "BAD_REQUEST" ? ("BAD_REQUEST" as const) : ("INTERNAL_SERVER_ERROR" as const);
  return { ...answer, action };
}
