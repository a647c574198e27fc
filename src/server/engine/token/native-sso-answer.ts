import type { Service } from "../../authlete/service.ts";
import { type Form, optionalParameter } from "../form.ts";
import type { IssuedTokens } from "./token-answer.ts";

/** The scope that asks for a device secret (OpenID Connect Native SSO for Mobile Apps 1.0, 3.1). */
const DEVICE_SSO = "device_sso";

/** Whether these scopes ask for Native SSO at a service that has it. */
export function asksForNativeSso(service: Service, scopes: readonly string[]): boolean {
  return service.nativeSsoSupported === true && scopes.includes(DEVICE_SSO);
}

/**
 * The members of the answer `NATIVE_SSO`: those of the tokens, but no body, which `nativesso` makes; the session they belong to; and
 * the device secret, where the client holds one already. Whether session and secret are good only the caller knows.
 */
export function nativeSsoMembers<Members extends { responseContent: string }>(
  form: Form,
  { row }: IssuedTokens,
  { responseContent: _body, ...members }: Members,
) {
  const deviceSecret = optionalParameter(form, "device_secret", "A250301");
  return {
    ...members,
    ...(row.sessionId === undefined ? {} : { sessionId: row.sessionId }),
    ...(deviceSecret === undefined ? {} : { deviceSecret }),
  };
}
