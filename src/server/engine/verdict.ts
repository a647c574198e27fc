/**
 * What a rule throws to say no. Nobody reads where it was thrown from: its code says which rule it was. So no stack is taken, which would
 * cost more than all the rest of a refusal.
 */
export abstract class Verdict<Code extends string> extends Error {
  readonly code: Code;

  constructor(code: Code) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(code);
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
  }
}
