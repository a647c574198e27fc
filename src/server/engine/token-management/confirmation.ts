import { givenNonEmptyText } from "../given.ts";
import type { Confirmation } from "../records.ts";
import { refuse } from "../refusal.ts";

/** SHA-256 in base64url. */
const THUMBPRINT = /^[\w-]{43}$/;

/** What a call binds a token to: a certificate (RFC 8705 3.1) or a DPoP key (RFC 9449 6.1), by thumbprint. */
export function readConfirmation(request: {
  certificateThumbprint?: unknown;
  dpopKeyThumbprint?: unknown;
}): Confirmation | undefined {
  const certificate = readThumbprint(request.certificateThumbprint);
  const jkt = readThumbprint(request.dpopKeyThumbprint);
  if (certificate === undefined && jkt === undefined) return undefined;
  return { ...(certificate && { "x5t#S256": certificate }), ...(jkt && { jkt }) };
}

function readThumbprint(value: unknown): string | undefined {
  const text = givenNonEmptyText(value);
  return text === undefined || THUMBPRINT.test(text) ? text : refuse("A900204");
}
