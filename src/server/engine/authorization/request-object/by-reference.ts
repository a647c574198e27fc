import { createHash } from "node:crypto";
import type { Client } from "../../../authlete/client.ts";
import { isRequestUri, splitRequestUri } from "../../client/request-uri.ts";
import type { EngineContext } from "../../context.ts";
import { refuse } from "../../refusal.ts";

/**
 * Reads the request object that a client keeps at an address of its own (RFC 9101 5.2, OIDC Core 6.2). Only an address that the client has
 * registered is asked: whoever can write a link could else have this server call any host (RFC 9101 10.4.1).
 *
 * @param requestUri the parameter `request_uri`.
 * @returns the JWT. It is not verified.
 * @throws Refusal A902331, A902332, A902333 (`invalid_request_uri`).
 */
export async function fetchRequestObject(
  context: Pick<EngineContext, "fetchRequestObject">,
  { requestUris = [] }: Client,
  requestUri: string,
): Promise<string> {
  const { address, fragment } = splitRequestUri(requestUri);
  const isRegistered = requestUris.some((uri) => splitRequestUri(uri).address === address);
  if (!isRequestUri(requestUri) || !isRegistered) return refuse("A902331");
  const text = await documentAt(context, address);
  // A fragment that was registered may be older than the document: it names the registration, and says nothing of the content.
  const isHash = fragment !== undefined && !requestUris.includes(requestUri);
  if (isHash && fragment !== contentHash(text)) refuse("A902333");
  return text.trim();
}

async function documentAt(
  context: Pick<EngineContext, "fetchRequestObject">,
  address: string,
): Promise<string> {
  try {
    return await context.fetchRequestObject(address);
  } catch {
    return refuse("A902332");
  }
}

/** What OIDC Core 6.2 has stand in the fragment. */
function contentHash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
