import type { Client } from "../../../authlete/client.ts";
import type { ResponseType } from "../../../authlete/enumerations.ts";
import { refuse } from "../../refusal.ts";
import { contentsOf } from "../response/response-type.ts";

const loopbackHosts: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Where a native client may be redirected at all (OIDC Dynamic Client Registration 2); a client of no type may be redirected as
 * it has registered.
 */
export function checkNativeRedirection({ applicationType }: Client, redirectUri: string): void {
  if (applicationType !== "NATIVE") return;
  const { protocol, hostname } = new URL(redirectUri);
  if (protocol === "https:") refuse("A011307");
  if (protocol === "http:" && !loopbackHosts.has(hostname)) refuse("A011308");
}

/** Where a web client may have tokens by redirect (OIDC Dynamic Client Registration 2). Codes and errors may go elsewhere. */
export function checkTokensByRedirection(
  { applicationType }: Client,
  responseType: ResponseType,
  redirectUri: string,
): void {
  if (applicationType !== "WEB" || !contentsOf(responseType).frontChannelTokens) return;
  const { protocol, hostname } = new URL(redirectUri);
  if (protocol !== "https:") refuse("A011305");
  if (hostname === "localhost") refuse("A011306");
}
