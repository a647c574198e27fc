import type { Client } from "../../authlete/client.ts";
import { givenNonEmptyText } from "../given.ts";
import { refuse } from "../refusal.ts";

/**
 * The engine issues bearer tokens only. A client whose tokens have to be bound to a key or certificate gets none, and a
 * request with a DPoP proof, which asks for a bound token, is refused rather than answered with a weaker one
 * (RFC 9449 5). A certificate alone asks for nothing: front ends hand over whatever the connection had.
 */
export function checkSenderConstraint(client: Client, request: { dpop?: unknown }): void {
  if (client.dpopRequired || givenNonEmptyText(request.dpop) !== undefined) refuse("A254301");
  if (client.tlsClientCertificateBoundAccessTokens) refuse("A048351");
}
