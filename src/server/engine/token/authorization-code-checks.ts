import type { Artifact } from "../artifacts.ts";
import type { EngineContext } from "../context.ts";
import { optionalParameter } from "../form.ts";
import { refuse } from "../refusal.ts";
import { checkCodeVerifier } from "./code-verifier.ts";
import type { GrantRequest } from "./grant.ts";

/** A token request and the authorization code that it presents. */
export type Redemption = GrantRequest & { code: Artifact<"authorization_code"> };

type Check = (context: EngineContext, redemption: Redemption) => void;

/** What has to hold for a code to be redeemed, in the order of the checks. Whether it was used already is asked last. */
const checks: readonly Check[] = [
  checkService,
  checkClient,
  checkRedirectUri,
  checkExpiry,
  checkVerifier,
  checkKey,
];

/** Refuses a redemption that does not fit its code (RFC 6749 4.1.3, RFC 7636 4.6, RFC 9449 10). */
export function checkRedemption(context: EngineContext, redemption: Redemption): void {
  for (const check of checks) check(context, redemption);
}

function checkService({ serviceId }: EngineContext, { code }: Redemption): void {
  if (code.serviceId !== serviceId) refuse("A050306");
}

function checkClient(_context: EngineContext, { code, caller }: Redemption): void {
  if (code.document.grant.clientId !== caller.clientId) refuse("A050307");
}

function checkRedirectUri(_context: EngineContext, { form, code }: Redemption): void {
  const presented = optionalParameter(form, "redirect_uri", "A050304");
  const { redirectUri, redirectUriGiven } = code.document.request;
  if (!redirectUriGiven) {
    if (presented !== undefined) refuse("A050310");
    return;
  }
  if (presented === undefined) refuse("A050308");
  if (presented !== redirectUri) refuse("A050309");
}

/** A code that was used is a used one, however old it is. */
function checkExpiry({ now }: EngineContext, { code }: Redemption): void {
  if (code.spentAt === undefined && code.expiresAt <= now) refuse("A050311");
}

function checkVerifier({ service }: EngineContext, { form, caller, code }: Redemption): void {
  const { codeChallenge, codeChallengeMethod } = code.document.request;
  const isS256Required = service.pkceS256Required || caller.client.pkceS256Required || false;
  checkCodeVerifier(form, {
    codeChallenge,
    codeChallengeMethod,
    isRequired: service.pkceRequired || caller.client.pkceRequired || false,
    isS256Required,
  });
}

/** A code that was asked for with the thumbprint of a key is for the holder of that key. */
function checkKey(_context: EngineContext, { code, binding }: Redemption): void {
  const { dpopJkt } = code.document.request;
  if (dpopJkt !== undefined && binding.jkt !== dpopJkt) refuse("A901301");
}
