import type { Client } from "../authlete/client.ts";
import type { TokenCreateResponse } from "../authlete/messages/token-create.ts";
import type { Service } from "../authlete/service.ts";
import { jsonAnswer, type OAuthAnswer } from "../oauth/answer.ts";
import { RESERVED_SCOPES } from "../oauth/client-metadata.ts";
import { thumbprintText } from "../oauth/dpop-key.ts";
import type { OAuthRequest } from "../oauth/oauth-request.ts";
import { certificateHash, hashOf } from "../secret/hash.ts";
import { engineFault } from "./oauth-engine-answer.ts";
import type { FlowPorts } from "./ports.ts";

/** Who gets a token, for whom and for what, when the engine has left the decision to us. */
export type TokenDecision = {
  grantType: "TOKEN_EXCHANGE" | "JWT_BEARER";
  service: Service;
  client: Client & { clientId: number };
  /** Whether the client named itself by its alias. */
  clientIdAliasUsed: boolean;
  subject: string;
  scopes: readonly string[];
  resources: readonly string[];
  /** When the token has to be over at the latest, in milliseconds since the epoch. */
  notAfter: number;
  /** Members that its specification adds to the answer. */
  members?: Readonly<Record<string, string>>;
};

/**
 * Creates an access token and makes the answer of the token endpoint (RFC 6749 section 5.1). It is bound to what the client's request
 * proved, lives no longer than what it was given for, and comes without a refresh token: whoever wants another asks in the same way.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function answerCreatedToken(
  ports: FlowPorts,
  request: OAuthRequest,
  decision: TokenDecision,
): Promise<OAuthAnswer> {
  const { grantType, client, clientIdAliasUsed, subject, scopes, resources } = decision;
  const response = await ports.authlete["auth/token/create"]({
    grantType,
    clientId: client.clientId,
    ...(clientIdAliasUsed && { clientIdAliasUsed }),
    subject,
    scopes: [...scopes],
    ...(resources.length > 0 && { resources: [...resources] }),
    ...durationOf(ports, decision),
    ...bindingOf(request, decision),
  });
  switch (response.action) {
    case "OK":
      ports.log.info("audit.token_issued", {
        actor: `client ${client.clientId}`,
        subject,
        clientId: client.clientId,
        scopes,
        grantType,
      });
      return jsonAnswer(200, bodyOf(response, decision));
    case "BAD_REQUEST":
    case "FORBIDDEN":
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return engineFault(ports, "token", response);
  }
}

type Created = Extract<TokenCreateResponse, { action: "OK" }>;

function bodyOf(created: Created, { members }: TokenDecision): string {
  const { accessToken, jwtAccessToken, tokenType, expiresIn, scopes = [] } = created;
  return JSON.stringify({
    access_token: jwtAccessToken ?? accessToken,
    ...members,
    token_type: tokenType ?? "Bearer",
    expires_in: expiresIn,
    ...(scopes.length > 0 && { scope: scopes.join(" ") }),
  });
}

/** A duration that is named replaces every limit of the service, so it is named only where it is the shortest of all. */
function durationOf({ clock }: Pick<FlowPorts, "clock">, decision: TokenDecision) {
  const remaining = Math.floor((decision.notAfter - clock()) / 1000);
  return remaining < usualSeconds(decision) ? { accessTokenDuration: Math.max(remaining, 1) } : {};
}

const USUAL_SECONDS = 3600;
const DURATION_ATTRIBUTE = "access_token.duration";

function usualSeconds({ service, client, scopes }: TokenDecision): number {
  const attributes = (service.supportedScopes ?? [])
    .filter(({ name }) => name !== undefined && scopes.includes(name))
    .flatMap((scope) => scope.attributes ?? []);
  const limits = [
    service.accessTokenDuration,
    client.extension?.accessTokenDuration,
    ...attributes.filter(({ key }) => key === DURATION_ATTRIBUTE).map(({ value }) => Number(value)),
  ].filter((limit): limit is number => typeof limit === "number" && limit > 0);
  return limits.length > 0 ? Math.min(...limits) : USUAL_SECONDS;
}

/** RFC 9449 section 5, RFC 8705 section 3. The engine has verified the proof with the token request. */
function bindingOf({ dpop, certificates }: OAuthRequest, { service, client }: TokenDecision) {
  const key = dpop === undefined ? undefined : thumbprintText(dpop);
  const [certificate] = certificates;
  const isCertificateBound =
    service.tlsClientCertificateBoundAccessTokens && client.tlsClientCertificateBoundAccessTokens;
  return {
    ...(key !== undefined && { dpopKeyThumbprint: hashOf(key) }),
    ...(isCertificateBound &&
      certificate !== undefined && { certificateThumbprint: certificateHash(certificate) }),
  };
}

/**
 * Those of some scopes that a client may have: what its registration limits it to, and never what only the operator gives.
 */
export function scopesForClient({ extension }: Client, names: readonly string[]): string[] {
  const { requestableScopesEnabled, requestableScopes = [] } = extension ?? {};
  return names.filter(
    (name) => !RESERVED_SCOPES.has(name) && (!requestableScopesEnabled || requestableScopes.includes(name)),
  );
}
