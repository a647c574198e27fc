import type { AuthorizationRequest } from "./authorization-request.ts";
import { checkFapi } from "./fapi.ts";
import { acrValues } from "./parameters/acr-values.ts";
import { authorizationDetails } from "./parameters/authorization-details.ts";
import { claims } from "./parameters/claims.ts";
import { claimsWithoutPrompt } from "./parameters/claims-without-prompt.ts";
import { codeChallenge } from "./parameters/code-challenge.ts";
import { display } from "./parameters/display.ts";
import { dpopJkt } from "./parameters/dpop-jkt.ts";
import { frontChannelToken } from "./parameters/front-channel-token.ts";
import { grantManagement } from "./parameters/grant-management.ts";
import { idTokenHint } from "./parameters/id-token-hint.ts";
import { idTokenSignature } from "./parameters/id-token-signature.ts";
import { claimsLocales, uiLocales } from "./parameters/locales.ts";
import { loginHint } from "./parameters/login-hint.ts";
import { maxAge } from "./parameters/max-age.ts";
import { nativeSso } from "./parameters/native-sso.ts";
import { nonce } from "./parameters/nonce.ts";
import { prompt } from "./parameters/prompt.ts";
import { purpose } from "./parameters/purpose.ts";
import { registration } from "./parameters/registration.ts";
import { resource } from "./parameters/resource.ts";
import { scope } from "./parameters/scope.ts";
import { state } from "./parameters/state.ts";
import type { Examination, Rule } from "./rule.ts";

/** The rules of an authorization request whose answer has somewhere to go. The first that refuses decides. */
const rules: readonly Rule[] = [
  state,
  registration,
  prompt,
  scope,
  frontChannelToken,
  nonce,
  display,
  maxAge,
  uiLocales,
  claimsLocales,
  loginHint,
  claims,
  acrValues,
  idTokenHint,
  idTokenSignature,
  claimsWithoutPrompt,
  purpose,
  resource,
  authorizationDetails,
  codeChallenge,
  dpopJkt,
  grantManagement,
  nativeSso,
  checkFapi,
];

/** Runs all rules; each sees what the ones before it found out. */
export async function checkRequest(examination: Examination): Promise<AuthorizationRequest> {
  const { requestObjectPayload, pushed } = examination.parameters;
  let request: AuthorizationRequest = {
    ...examination.known,
    ...(requestObjectPayload === undefined ? {} : { requestObjectPayload }),
    ...(pushed?.hash === undefined ? {} : { pushedRequestHash: pushed.hash }),
  };
  for (const rule of rules) {
    request = { ...request, ...(await rule({ ...examination, known: request })) };
  }
  return request;
}
