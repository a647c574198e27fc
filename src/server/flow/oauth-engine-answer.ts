import { jsonAnswer, type OAuthAnswer, withHeaders } from "../oauth/answer.ts";
import { answerFault } from "./oauth-failure.ts";
import type { FlowPorts } from "./ports.ts";

/** An answer of the engine whose text goes to the client as it is. */
type Written = { action: string; resultCode?: string | undefined; responseContent?: string | undefined };

/** The engine's JSON under the status of its action. Without a text there is nothing to pass on: that is a fault. */
export function engineAnswer(
  ports: FlowPorts,
  endpoint: string,
  { status, response }: { status: number; response: Written },
): OAuthAnswer {
  const { responseContent, action, resultCode } = response;
  if (responseContent !== undefined) return jsonAnswer(status, responseContent);
  return answerFault(ports, { endpoint, action, resultCode });
}

/** A fault of the engine, or an action that is not known here: the client learns no more than that. */
export function engineFault(
  ports: FlowPorts,
  endpoint: string,
  response: { action: string; resultCode?: string | undefined; receivedAction?: string },
): OAuthAnswer {
  const { action, resultCode, receivedAction } = response;
  return answerFault(ports, { endpoint, action: receivedAction ?? action, resultCode });
}

/** The same answer with the nonce that the next DPoP proof needs, where the engine gives one (RFC 9449 section 8). */
export function withNonce(answer: OAuthAnswer, response: object): OAuthAnswer {
  const { dpopNonce } = response as { dpopNonce?: string };
  return dpopNonce ? withHeaders(answer, { "dpop-nonce": dpopNonce }) : answer;
}
