import type { Client } from "../../../authlete/client.ts";
import type { ResponseType } from "../../../authlete/enumerations.ts";
import { refuse } from "../../refusal.ts";
import { contentsOf } from "../response/response-type.ts";

const loopbackHosts: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * What OIDC Dynamic Client Registration 2 demands of redirection URIs by the type of the application; a client of no type
 * may redirect as it has registered.
 */
export function checkApplicationType(
  { applicationType }: Client,
  responseType: ResponseType,
  redirectUri: string,
): void {
  const { protocol, hostname } = new URL(redirectUri);
  if (applicationType === "WEB" && contentsOf(responseType).frontChannelTokens) {
    if (protocol !== "https:") refuse("A011305");
    if (hostname === "localhost") refuse("A011306");
  }
  if (applicationType === "NATIVE") {
    if (protocol === "https:") refuse("A011307");
    if (protocol === "http:" && !loopbackHosts.has(hostname)) refuse("A011308");
  }
}
