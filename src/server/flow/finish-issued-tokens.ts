import { releasedClaims } from "../account/released-claims.ts";
import type { TokenResponse } from "../authlete/messages/token.ts";
import { errorAnswer, jsonAnswer, type OAuthAnswer } from "../oauth/answer.ts";
import { OAuthError } from "../oauth/error.ts";
import type { OAuthRequest } from "../oauth/oauth-request.ts";
import { equalSecrets, hashOf } from "../secret/hash.ts";
import { newValue } from "../session/value.ts";
import { engineFault } from "./oauth-engine-answer.ts";
import { revokeIssued } from "./oauth-revoke-issued.ts";
import type { FlowPorts } from "./ports.ts";

type Reissuable = Extract<TokenResponse, { action: "ID_TOKEN_REISSUABLE" }>;
type NativeSso = Extract<TokenResponse, { action: "NATIVE_SSO" }>;

/**
 * Finishes a refresh with a new ID token (OIDC Core 12.2). The tokens are issued already; those of a person who has no account any more
 * are taken back.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function answerReissuable(ports: FlowPorts, issued: Reissuable): Promise<OAuthAnswer> {
  const { subject, refreshToken, scopes = [], requestedIdTokenClaims: names = [] } = issued;
  const claims = subject === undefined ? undefined : await ports.accounts.claimsOf(subject);
  if (claims === undefined) return withdrawn(ports, issued);
  // Claims asked for by scope come from the UserInfo endpoint; an ID token has those that were asked for by name.
  const released = releasedClaims(claims, { scopes: [], names });
  if (refreshToken === undefined) return withoutIdToken(ports, issued);
  const response = await ports.authlete["idtoken/reissue"]({
    accessToken: issued.jwtAccessToken ?? issued.accessToken,
    refreshToken,
    ...(Object.keys(released).length > 0 && { claims: JSON.stringify(released) }),
  });
  switch (response.action) {
    case "OK":
      ports.log.debug("oauth.id_token_reissued", { subject, scopes });
      return jsonAnswer(200, response.responseContent);
    case "INTERNAL_SERVER_ERROR":
    case "CALLER_ERROR":
    case "UNKNOWN_ACTION":
      ports.log.error("oauth.id_token_not_reissued", {
        action: response.action,
        resultCode: response.resultCode,
      });
      return withoutIdToken(ports, issued);
  }
}

/** A refresh is complete without an ID token (OIDC Core 12.2: it might not contain one). */
async function withoutIdToken(ports: FlowPorts, issued: Reissuable): Promise<OAuthAnswer> {
  if (issued.responseContent !== undefined) return jsonAnswer(200, issued.responseContent);
  await revokeIssued(ports, issued.accessToken);
  return engineFault(ports, "token", issued);
}

/**
 * Finishes Native SSO (OpenID Connect Native SSO for Mobile Apps 1.0, section 3): tokens that are tied to the session in which the person
 * signed in, and to a secret that the applications of one device share. Where that session is over the tokens are taken back.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function answerNativeSso(
  ports: FlowPorts,
  request: OAuthRequest,
  issued: NativeSso,
): Promise<OAuthAnswer> {
  const deviceSecret = deviceSecretOf(ports, request, issued);
  if (deviceSecret === undefined || !(await isAlive(ports, issued))) return withdrawn(ports, issued);
  const response = await ports.authlete.nativesso({
    accessToken: issued.jwtAccessToken ?? issued.accessToken,
    ...(issued.refreshToken !== undefined && { refreshToken: issued.refreshToken }),
    deviceSecret,
  });
  switch (response.action) {
    case "OK":
      return jsonAnswer(200, response.responseContent);
    case "INTERNAL_SERVER_ERROR":
    case "CALLER_ERROR":
    case "UNKNOWN_ACTION":
      await revokeIssued(ports, issued.accessToken);
      return engineFault(ports, "token", response);
  }
}

/**
 * The secret goes on where it is the one that the ID token was tied to. An exchange stands on it, so another one is refused; with a code
 * or a refresh token a device that shows none, or a wrong one, gets a new one.
 */
function deviceSecretOf(
  { random }: Pick<FlowPorts, "random">,
  { form }: OAuthRequest,
  { deviceSecret, deviceSecretHash }: NativeSso,
): string | undefined {
  const isTied =
    deviceSecret !== undefined &&
    deviceSecretHash !== undefined &&
    equalSecrets(hashOf(deviceSecret), deviceSecretHash);
  if (isTied) return deviceSecret;
  return form.parameters.get("grant_type") === EXCHANGE ? undefined : newValue(random);
}

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

async function isAlive(ports: FlowPorts, { sessionId, subject }: NativeSso): Promise<boolean> {
  const known = sessionId === undefined ? undefined : await ports.sessionClients.findBySid(sessionId);
  if (!known || known.subject !== subject) return false;
  const session = await ports.sessions.find(known.sessionHash);
  const now = ports.clock();
  return session !== undefined && session.expiresAt > now;
}

/** The engine has issued tokens that nobody may have. */
async function withdrawn(ports: FlowPorts, issued: Reissuable | NativeSso): Promise<OAuthAnswer> {
  await revokeIssued(ports, issued.accessToken);
  return errorAnswer(new OAuthError("invalid_grant", "The person is not signed in any more."));
}
