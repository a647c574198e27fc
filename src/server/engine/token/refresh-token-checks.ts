import type { EngineContext } from "../context.ts";
import type { AccessToken } from "../records.ts";
import { refuse } from "../refusal.ts";
import type { GrantRequest } from "./grant.ts";

/** Refuses a refresh by somebody, at a time, or with a key that the refresh token is not for (RFC 6749 6). */
export function checkRefresh(context: EngineContext, request: GrantRequest, stored: AccessToken): void {
  if (stored.clientId !== request.caller.clientId) refuse("A053307");
  if ((stored.refreshTokenExpiresAt ?? 0) <= context.now) refuse("A053308");
  checkProofKey(request, stored);
  checkCertificate(request, stored);
}

/** The refresh token of a public client is for the holder of the key that it was asked for with (RFC 9449 5). */
function checkProofKey({ binding }: GrantRequest, { details }: AccessToken): void {
  if (details.refreshTokenJkt !== undefined && binding.jkt !== details.refreshTokenJkt) refuse("A053311");
}

/** A public client proves with its certificate alone that the refresh token is its own (RFC 8705 4). */
function checkCertificate({ binding, caller }: GrantRequest, { details }: AccessToken): void {
  const thumbprint = details.confirmation?.["x5t#S256"];
  if (caller.client.clientType !== "PUBLIC" || thumbprint === undefined) return;
  if (binding.confirmation?.["x5t#S256"] !== thumbprint) refuse("A053311");
}
