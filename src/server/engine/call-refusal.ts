/**
 * Calls that are refused as calls, with an HTTP status (authlete-api 0.5): there is no answer with an `action`, because
 * the operation has none or never began. Status and text by result code.
 */
export const callRefusals = {
  A001212: [404, "There is no such client."],
  A001223: [403, "The feature is not available."],
} as const satisfies Record<string, CallRefusalRow>;

export type CallRefusalRow = readonly [status: number, text: string];
export type CallRefusalCode = keyof typeof callRefusals;

/** A rule said no to the whole call. Thrown out of a transaction it undoes the transaction. */
export class CallRefusal extends Error {
  override readonly name = "CallRefusal";
  readonly code: CallRefusalCode;
  readonly status: number;

  constructor(code: CallRefusalCode) {
    super(code);
    this.code = code;
    [this.status] = callRefusals[code];
  }
}

/** Ends the call with the refusal of this code. The caller of the engine gets it as `EngineRefusedCall`. */
export function refuseCall(code: CallRefusalCode): never {
  throw new CallRefusal(code);
}
