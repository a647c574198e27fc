import { createHmac } from "node:crypto";
import type { Service } from "../../authlete/service.ts";
import { equalSecrets } from "../../secret/hash.ts";
import type { EngineContext } from "../context.ts";
import { givenSeconds } from "../given.ts";

/** How long a nonce is given out, in seconds, when the service does not say. */
const DEFAULT_DURATION = 300;

/** Members of a call that demand a nonce. */
export type NonceDemand = { dpopNonceRequired?: unknown };

/** Whether proofs need a nonce: the service says so, or this call (RFC 9449 8). */
export function nonceIsRequired(service: Service, request: NonceDemand): boolean {
  return service.dpopNonceRequired === true || request.dpopNonceRequired === true;
}

/**
 * The nonce of this moment. All instances of the engine give the same one, and none of them stores it: it is made of the time
 * and of a key that they share.
 */
export function currentNonce(context: EngineContext): string {
  return nonceOf(context, windowOf(context));
}

/** Whether a nonce is the one of this moment, or the one before it: a client may hold a nonce for as long as it is given out. */
export function isLiveNonce(context: EngineContext, nonce: unknown): boolean {
  if (typeof nonce !== "string") return false;
  const window = windowOf(context);
  return [window, window - 1].some((candidate) => equalSecrets(nonce, nonceOf(context, candidate)));
}

function windowOf({ service, now }: EngineContext): number {
  return Math.floor(now / ((givenSeconds(service.dpopNonceDuration) ?? DEFAULT_DURATION) * 1000));
}

function nonceOf({ nonceKey, serviceId }: EngineContext, window: number): string {
  return createHmac("sha256", nonceKey)
    .update(JSON.stringify([serviceId, window]))
    .digest("base64url");
}

/** Puts the nonce for the next proof into every answer of an operation, refusals included, where proofs need one. */
export function withDpopNonce<Message extends NonceDemand, Answer extends object>(
  operation: (context: EngineContext, request: Message) => Promise<Answer>,
) {
  return async (context: EngineContext, request: Message): Promise<Answer & { dpopNonce?: string }> => {
    const answer = await operation(context, request);
    if (!nonceIsRequired(context.service, request)) return answer;
    return { ...answer, dpopNonce: currentNonce(context) };
  };
}
