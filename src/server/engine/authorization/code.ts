import type { Client } from "../../authlete/client.ts";
import { hashOf } from "../../secret/hash.ts";
import type { Artifact } from "../artifacts.ts";
import { fapiModes, isFapi2 } from "../client-authentication/fapi-mode.ts";
import type { EngineContext } from "../context.ts";
import { givenSeconds } from "../given.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import { randomValue } from "../random-value.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";

/** RFC 6749 4.1.2 recommends ten minutes at most; FAPI 2.0 Security Profile 5.3.2.1 demands one. */
const LIFETIME_SECONDS = 600;
const FAPI2_LIFETIME_SECONDS = 60;

/** An authorization code and the artifact that will be stored of it. */
export type MintedCode = { value: string; artifact: Artifact<"authorization_code"> };

/** Makes an authorization code. Nothing is stored yet. */
export function mintCode(
  context: EngineContext,
  client: Client,
  { request, grant }: { request: AuthorizationRequest; grant: AuthorizedGrant },
): MintedCode {
  const { serviceId, now } = context;
  const value = randomValue(context.random);
  const { redirectUri, redirectUriGiven, codeChallenge, codeChallengeMethod, dpopJkt, nonce, state } =
    request;
  const document = {
    request: {
      redirectUri,
      redirectUriGiven,
      ...(codeChallenge === undefined ? {} : { codeChallenge }),
      ...(codeChallengeMethod === undefined ? {} : { codeChallengeMethod }),
      ...(dpopJkt === undefined ? {} : { dpopJkt }),
      ...(nonce === undefined ? {} : { nonce }),
      ...(state === undefined ? {} : { state }),
    },
    grant: grantOf(grant),
  };
  const artifact: Artifact<"authorization_code"> = {
    kind: "authorization_code",
    keyHash: hashOf(value),
    aliasHash: undefined,
    serviceId,
    clientId: grant.clientId,
    document,
    revision: 0,
    spentAt: undefined,
    createdAt: now,
    expiresAt: now + lifetimeSeconds(context, client) * 1000,
  };
  return { value, artifact };
}

/** A duration that the decision names is for the access token of the authorization response only. */
function grantOf({ accessTokenDuration: _response, ...grant }: AuthorizedGrant): AuthorizedGrant {
  return grant;
}

function lifetimeSeconds({ service }: EngineContext, client: Client): number {
  const seconds = givenSeconds(service.authorizationCodeDuration) ?? LIFETIME_SECONDS;
  return isFapi2(fapiModes(service, client)) ? Math.min(seconds, FAPI2_LIFETIME_SECONDS) : seconds;
}
