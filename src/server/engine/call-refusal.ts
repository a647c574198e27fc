import { Verdict } from "./verdict.ts";

/**
 * Calls that are refused as calls, with an HTTP status (authlete-api 0.5): there is no answer with an `action`, because
 * the operation has none or never began. Status and text by result code.
 */
export const callRefusals = {
  A126202: [400, "A member of the request is missing, or is not what it can be."],
  A001212: [404, "There is no such client."],
  A001223: [403, "The feature is not available."],
  A123601: [400, "The developer has as many clients as the service allows."],
  A123603: [400, "The alias is another client's."],
  A149601: [400, "A client secret has 1 to 86 characters of A-Z, a-z, 0-9, - and _."],
} as const satisfies Record<string, CallRefusalRow>;

export type CallRefusalRow = readonly [status: number, text: string];
export type CallRefusalCode = keyof typeof callRefusals;

/** A rule said no to the whole call. Thrown out of a transaction it undoes the transaction. */
export class CallRefusal extends Verdict<CallRefusalCode> {
  override readonly name = "CallRefusal";
  readonly status: number;
  readonly member: string | undefined;

  constructor(code: CallRefusalCode, member?: string) {
    super(code);
    this.member = member;
    [this.status] = callRefusals[code];
  }
}

/**
 * Ends the call with the refusal of this code. The caller of the engine gets it as `EngineRefusedCall`.
 *
 * @param member the member of the request that is wrong, if it is one.
 */
export function refuseCall(code: CallRefusalCode, member?: string): never {
  throw new CallRefusal(code, member);
}
