const codes = [
  "EngineUnavailable",
  "EngineRefusedCredentials",
  "EngineRefusedCall",
  "EngineAnswerInvalid",
] as const;

/**
 * Decides `instanceof` for the errors below: by their code. The front door and Next's bundles each have their own copy of this
 * module, and an error that one of them throws is caught in another.
 */
function hasCode(value: unknown, code: (typeof codes)[number]): boolean {
  return value instanceof Error && "code" in value && value.code === code;
}

/**
 * A call of the engine that failed, as opposed to a call that worked and whose `action` says no. None of
 * them carries text of the engine's answer: that text may hold a secret.
 */
export abstract class EngineError extends Error {
  abstract readonly code: (typeof codes)[number];
  readonly operation: string;

  constructor(operation: string, message: string, options?: ErrorOptions) {
    super(`${operation}: ${message}`, options);
    this.name = new.target.name;
    this.operation = operation;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return codes.some((code) => hasCode(value, code));
  }
}

/** No answer in time, no connection, too many requests (429) or a fault of the engine (5xx). */
export class EngineUnavailable extends EngineError {
  override readonly code = "EngineUnavailable";
  /** True when the request may have reached the engine: what it asked for may have happened. */
  readonly outcomeUnknown: boolean;

  constructor(operation: string, message: string, options: ErrorOptions & { outcomeUnknown: boolean }) {
    super(operation, message, options);
    this.outcomeUnknown = options.outcomeUnknown;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasCode(value, "EngineUnavailable");
  }
}

/** 401 or 403: the token that Ticketgate holds for the engine is wrong, expired or too weak. */
export class EngineRefusedCredentials extends EngineError {
  override readonly code = "EngineRefusedCredentials";

  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasCode(value, "EngineRefusedCredentials");
  }
}

/** Another 4xx: the call itself is wrong, for example an unknown client (404) or a feature that the engine does not have (403). */
export class EngineRefusedCall extends EngineError {
  override readonly code = "EngineRefusedCall";
  readonly status: number;
  readonly resultCode: string | undefined;
  /** The member of the request that is wrong, where the engine runs in process and knows it. */
  readonly member: string | undefined;

  constructor(operation: string, status: number, resultCode: string | undefined, member?: string) {
    super(operation, `refused with ${status}${resultCode ? ` ${resultCode}` : ""}`);
    this.status = status;
    this.resultCode = resultCode;
    this.member = member;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasCode(value, "EngineRefusedCall");
  }
}

/** The answer is not JSON, or not what the contract says. */
export class EngineAnswerInvalid extends EngineError {
  override readonly code = "EngineAnswerInvalid";

  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasCode(value, "EngineAnswerInvalid");
  }
}
