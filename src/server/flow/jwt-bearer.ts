import type { TokenResponse } from "../authlete/messages/token.ts";
import type { OAuthAnswer } from "../oauth/answer.ts";
import { OAuthError } from "../oauth/error.ts";
import type { OAuthRequest } from "../oauth/oauth-request.ts";
import { hashOf } from "../secret/hash.ts";
import { answerCreatedToken, scopesForClient } from "./create-token.ts";
import { findClient } from "./find-client.ts";
import type { FlowPorts } from "./ports.ts";

type Bearer = Extract<TokenResponse, { action: "JWT_BEARER" }>;

/** What an assertion says whose signature was verified with a key of its issuer. `expiresAt` is milliseconds since the epoch. */
export type TrustedAssertion = { issuer: string; subject: string; id: string; expiresAt: number };

/** Verifies assertions of the issuers that the operator trusts. */
export interface AssertionVerifier {
  /**
   * @returns `undefined` for an assertion of anybody else, with a wrong signature, that has expired, or that lacks one of `iss`, `sub`,
   *   `exp` and `jti`.
   */
  verify(assertion: string): Promise<TrustedAssertion | undefined>;
}

/**
 * Finishes the JWT bearer grant (RFC 7523 section 2.1): an issuer that the operator trusts says who a person of ours is. The engine looked
 * at the claims; the signature, whom to trust, and that an assertion is used once, are judged here.
 *
 * @throws OAuthError invalid_grant, unauthorized_client, invalid_scope; EngineError when the engine cannot be asked.
 */
export async function answerJwtBearer(
  ports: FlowPorts,
  request: OAuthRequest,
  bearer: Bearer,
): Promise<OAuthAnswer> {
  const client = bearer.clientId === undefined ? undefined : await findClient(ports, String(bearer.clientId));
  if (client?.clientId === undefined) {
    throw new OAuthError("unauthorized_client", "Only a client that is known may use this grant.");
  }
  const assertion = await ports.assertions.verify(bearer.assertion ?? "");
  if (!assertion || !(await ports.accounts.find(assertion.subject))) throw refused();
  const scopes = bearer.scopes ?? [];
  if (scopesForClient(client, scopes).length < scopes.length) {
    throw new OAuthError("invalid_scope", "The scope is not for this client.");
  }
  const use = hashOf(`jwt-bearer ${assertion.issuer} ${assertion.id}`);
  if (!(await ports.nonces.consume(use, assertion.expiresAt))) throw refused();
  return answerCreatedToken(ports, request, {
    grantType: "JWT_BEARER",
    service: await ports.authlete["service/get"]({}),
    client: { ...client, clientId: client.clientId },
    clientIdAliasUsed: bearer.clientIdAliasUsed === true,
    subject: assertion.subject,
    scopes,
    resources: bearer.resources ?? [],
    notAfter: Number.POSITIVE_INFINITY,
  });
}

/** One text for every reason: who probes learns neither whom we trust nor who has an account. */
function refused(): OAuthError {
  return new OAuthError("invalid_grant", "The assertion is not good.");
}
