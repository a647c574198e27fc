import { contentsOf } from "../response/response-type.ts";
import type { Rule } from "../rule.ts";

/** The scope `device_sso` of an authentication (OpenID Connect Native SSO 3.1): the code will yield a device secret. */
export const nativeSso: Rule = ({ context, known }) => {
  const isAsked = known.scopes.includes("openid") && known.scopes.includes("device_sso");
  const isOffered = context.service.nativeSsoSupported === true && contentsOf(known.responseType).code;
  return isAsked && isOffered ? { nativeSsoRequested: true } : {};
};
