import type { Service } from "../authlete/service.ts";
import { authorizationDecisionRefusals } from "./authorization/decision-refusals.ts";
import { requestObjectRefusals } from "./authorization/request-object-refusals.ts";
import { authorizationRequestRefusals } from "./authorization/request-refusals.ts";
import { backchannelRefusals } from "./backchannel/refusals.ts";
import { clientRefusals } from "./client-authentication/refusals.ts";
import { clientRegistrationRefusals } from "./client-registration/refusals.ts";
import { clientRequestRefusals } from "./client-request/refusals.ts";
import { deviceRefusals } from "./device/refusals.ts";
import { idTokenRefusals } from "./id-token/refusals.ts";
import { reissueRefusals } from "./id-token/reissue-refusals.ts";
import { standardIntrospectionRefusals } from "./introspection/standard-refusals.ts";
import { jwtBearerRefusals } from "./jwt-bearer/refusals.ts";
import { nativeSsoRefusals } from "./native-sso/refusals.ts";
import { pushedAuthorizationRefusals } from "./pushed-authorization/refusals.ts";
import type { RefusalRow } from "./refusal-row.ts";
import { revocationRefusals } from "./revocation/refusals.ts";
import { authorizationCodeRefusals } from "./token/authorization-code-refusals.ts";
import { pollRefusals } from "./token/poll-refusals.ts";
import { ticketRefusals } from "./token/ticket-refusals.ts";
import { tokenRefusals } from "./token/token-refusals.ts";
import { tokenExchangeRefusals } from "./token-exchange/refusals.ts";
import { tokenManagementRefusals } from "./token-management/refusals.ts";
import { Verdict } from "./verdict.ts";

/** Every refusal of the endpoints that answer with an OAuth error body (RFC 6749 5.2), by result code. */
export const refusals = {
  ...clientRefusals,
  ...tokenRefusals,
  ...ticketRefusals,
  ...revocationRefusals,
  ...authorizationRequestRefusals,
  ...requestObjectRefusals,
  ...authorizationDecisionRefusals,
  ...idTokenRefusals,
  ...authorizationCodeRefusals,
  ...pollRefusals,
  ...reissueRefusals,
  ...nativeSsoRefusals,
  ...jwtBearerRefusals,
  ...tokenExchangeRefusals,
  ...clientRequestRefusals,
  ...deviceRefusals,
  ...standardIntrospectionRefusals,
  ...pushedAuthorizationRefusals,
  ...backchannelRefusals,
  ...tokenManagementRefusals,
  ...clientRegistrationRefusals,
} as const satisfies Record<string, RefusalRow>;

export type RefusalCode = keyof typeof refusals;

/** A rule said no. Thrown out of a transaction it undoes the transaction. */
export class Refusal extends Verdict<RefusalCode> {
  override readonly name: string = "Refusal";
}

/** Ends the call with the refusal of this code. */
export function refuse(code: RefusalCode): never {
  throw new Refusal(code);
}

/** The answer of the API for a refusal, with the error body for the client application. */
export function answerRefusal(service: Service, code: RefusalCode) {
  const [action, error, text] = refusals[code];
  return { ...result(code, text), action, responseContent: errorBody(service, { code, error, text }) };
}

/** The members of an answer that tell of a refusal. */
export function refusalResult(code: RefusalCode) {
  return result(code, refusals[code][2]);
}

/** The members that every answer begins with. */
export function result(code: string, text: string): { resultCode: string; resultMessage: string } {
  return { resultCode: code, resultMessage: `[${code}] ${text}` };
}

/** Where the documentation of a result code stands. */
export function errorUri(code: string): string {
  return `https://docs.authlete.com/#${code}`;
}

/** What an error body tells: `description` and `uri` stand in place of what follows from code and text. */
export type ErrorBody = {
  code: string;
  error: string;
  text: string;
  description?: string | undefined;
  uri?: string | undefined;
};

/** The body of an OAuth error (RFC 6749 5.2), as far as the service wants to explain errors. */
export function errorBody(service: Service, { code, error, text, description, uri }: ErrorBody): string {
  return JSON.stringify({
    error,
    ...(service.errorDescriptionOmitted ? {} : { error_description: description ?? `[${code}] ${text}` }),
    ...(service.errorUriOmitted ? {} : { error_uri: uri ?? errorUri(code) }),
  });
}

/** Runs an operation and turns a refusal into its answer. Every other failure goes on. */
export async function answering<Answer>(service: Service, work: () => Promise<Answer>) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return answerRefusal(service, error.code);
    throw error;
  }
}
