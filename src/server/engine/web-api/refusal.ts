import { callRefusals } from "../call-refusal.ts";
import { result } from "../refusal.ts";

/** Why a call of the Web API is refused before it reaches an operation: status, result code, text. */
const refusals = {
  malformedAuthorization: [400, "A001203", "The Authorization header must be Bearer and an access token."],
  missingAuthorization: [401, "A001202", "The Authorization header is missing."],
  wrongAccessToken: [401, "A458101", "The access token is not known."],
  foreignService: [403, "A001217", "The access token is not for this service."],
  unavailableFeature: [403, "A001223", callRefusals.A001223[1]],
  unknownOperation: [404, "A001223", "There is no such operation here."],
  wrongMethod: [405, "A001223", "The operation does not have this method."],
  missingContentType: [400, "A258201", "The Content-Type header is missing."],
  unsupportedContentType: [
    415,
    "A258201",
    "The body must be application/json or application/x-www-form-urlencoded.",
  ],
  tooLarge: [413, "A126202", "The body is too large."],
  unreadableBody: [400, "A126202", "The body could not be read."],
  emptyBody: [400, "A126203", "The body is empty."],
  notAnObject: [400, "A126202", "The body is not a JSON object."],
  wrongMember: [400, "A126202", "A member has the wrong type."],
  failed: [500, "A001101", "The engine failed."],
} as const satisfies Record<string, readonly [status: number, code: string, text: string]>;

/** A call of the Web API was refused. */
export class WebApiRefusal extends Error {
  override readonly name = "WebApiRefusal";
  readonly status: number;
  readonly resultCode: string;
  readonly headers: Record<string, string>;

  /**
   * @param reason why.
   * @param options.member the member that is wrong, by the name the contract gives it.
   * @param options.headers headers that belong to the answer.
   */
  constructor(
    reason: keyof typeof refusals,
    { member, headers = {} }: { member?: string; headers?: Record<string, string> } = {},
  ) {
    const [status, code, text] = refusals[reason];
    super(member === undefined ? text : `The member ${member} has the wrong type.`);
    this.status = status;
    this.resultCode = code;
    this.headers = headers;
  }
}

/** The body of a refusal: `{ resultCode, resultMessage }`, as for every API-level error. */
export function refusalBody({ resultCode, message }: { resultCode: string; message: string }): string {
  return JSON.stringify(result(resultCode, message));
}
