import type { Service } from "../../authlete/service.ts";

const PLACEHOLDER = "USER_CODE";

/**
 * Where the user goes without having to type the code (RFC 8628 3.3.1); `undefined` when the service has no template, or one
 * without a place for the code.
 */
export function verificationUriComplete(
  { deviceVerificationUriComplete: template }: Service,
  userCode: string,
): string | undefined {
  return template?.includes(PLACEHOLDER) ? template.replaceAll(PLACEHOLDER, userCode) : undefined;
}
