import { PasswordQueueFullError } from "../account/password.ts";
import { EngineError } from "../authlete/error.ts";
import type { LogFields } from "../log.ts";
import { errorAnswer, type OAuthAnswer, withHeaders } from "../oauth/answer.ts";
import { OAuthError } from "../oauth/error.ts";
import type { FlowPorts } from "./ports.ts";

type FailurePorts = Pick<FlowPorts, "log" | "random">;

const RETRY_AFTER_SECONDS = "5";
const CORRELATION_BYTES = 9;

/**
 * Turns whatever was thrown into an answer. A refusal says what it is. A call of the engine that failed, or
 * too many passwords at once, is 503 and worth another try; anything else is 500. Neither shows more than a correlation id, which the log has too.
 *
 * @param endpoint names the endpoint in the log.
 */
export function answerFailure(ports: FailurePorts, endpoint: string, error: unknown): OAuthAnswer {
  if (error instanceof OAuthError) {
    ports.log.debug("oauth.refused", { endpoint, error: error.error, detail: error.detail });
    return errorAnswer(error);
  }
  if (error instanceof EngineError)
    return answerUnavailable(ports, { endpoint, engineError: error.code, error });
  if (error instanceof PasswordQueueFullError) return answerUnavailable(ports, { endpoint, error });
  return answerFault(ports, { endpoint, error });
}

function answerUnavailable(ports: FailurePorts, fields: LogFields): OAuthAnswer {
  const correlationId = newCorrelationId(ports);
  ports.log.error("oauth.unavailable", { correlationId, ...fields });
  const unavailable = new OAuthError(
    "temporarily_unavailable",
    `The server cannot answer at the moment. Correlation id: ${correlationId}`,
  );
  return withHeaders(errorAnswer(unavailable), { "retry-after": RETRY_AFTER_SECONDS });
}

/** A fault of ours or of the engine: 500 with a correlation id. `fields` go to the log only. */
export function answerFault(ports: FailurePorts, fields: LogFields): OAuthAnswer {
  const correlationId = newCorrelationId(ports);
  ports.log.error("oauth.failed", { correlationId, ...fields });
  return errorAnswer(
    new OAuthError("server_error", `The server could not answer. Correlation id: ${correlationId}`),
  );
}

function newCorrelationId({ random }: FailurePorts): string {
  return Buffer.from(random(CORRELATION_BYTES)).toString("base64url");
}
