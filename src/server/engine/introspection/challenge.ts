import type { Service } from "../../authlete/service.ts";
import { errorUri } from "../refusal.ts";
import { type IntrospectionRefusalCode, introspectionRefusals } from "./refusals.ts";

/** The `WWW-Authenticate` value for a refused token (RFC 6750 3). */
export function challenge(
  service: Service,
  code: IntrospectionRefusalCode,
  demandedScopes: readonly string[],
): string {
  const [, error, text] = introspectionRefusals[code];
  const scope = demandedScopes.filter(isScopeToken).join(" ");
  return `Bearer ${[
    `error="${error}"`,
    ...(service.errorDescriptionOmitted ? [] : [`error_description="[${code}] ${text}"`]),
    ...(service.errorUriOmitted ? [] : [`error_uri="${errorUri(code)}"`]),
    ...(error === "insufficient_scope" && scope ? [`scope="${scope}"`] : []),
  ].join(",")}`;
}

/** RFC 6749 3.3. Anything else could end the quoted text, or the header. */
function isScopeToken(scope: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope);
}
