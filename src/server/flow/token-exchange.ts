import { z } from "zod";
import type { Client } from "../authlete/client.ts";
import type { TokenResponse } from "../authlete/messages/token.ts";
import type { OAuthAnswer } from "../oauth/answer.ts";
import { OAuthError } from "../oauth/error.ts";
import type { OAuthRequest } from "../oauth/oauth-request.ts";
import { answerCreatedToken, scopesForClient } from "./create-token.ts";
import { findClient } from "./find-client.ts";
import type { FlowPorts } from "./ports.ts";

type Exchange = Extract<TokenResponse, { action: "TOKEN_EXCHANGE" }>;
type KnownClient = Client & { clientId: number };

/** Who a subject token stands for, what it may be exchanged for, and until when. */
type Standing = { subject: string; scopes: readonly string[]; notAfter: number };

const ISSUED_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:access_token";

/**
 * Finishes a token exchange (RFC 8693). What is taken is an access token of this server, or an ID token of this server that the client
 * itself was given; what is given is an access token for the same person, with no more scopes and no longer a life. The engine has made
 * sure that the client may exchange at all, and that the token is good: it never verifies other kinds, so they are refused.
 *
 * @throws OAuthError invalid_request, invalid_scope, invalid_target, unauthorized_client; EngineError when the engine cannot be asked.
 */
export async function answerTokenExchange(
  ports: FlowPorts,
  request: OAuthRequest,
  exchange: Exchange,
): Promise<OAuthAnswer> {
  refuseWhatIsNotDone(exchange);
  const client = await requireClient(ports, exchange);
  const service = await ports.authlete["service/get"]({});
  const standing = await standingOf(ports, exchange, { client, issuer: service.issuer });
  if (!(await ports.accounts.find(standing.subject))) throw unusable();
  const scopes = scopesWithin(client, requestedScopes(request), standing);
  return answerCreatedToken(ports, request, {
    grantType: "TOKEN_EXCHANGE",
    service,
    client,
    clientIdAliasUsed: exchange.clientIdAliasUsed === true,
    subject: standing.subject,
    scopes,
    resources: exchange.resources ?? [],
    notAfter: standing.notAfter,
    members: { issued_token_type: ISSUED_TOKEN_TYPE },
  });
}

/** Acting for somebody (RFC 8693 section 4.1) would have to show in the token, which the API has no place for. */
function refuseWhatIsNotDone({ requestedTokenType, actorToken, audiences = [] }: Exchange): void {
  if (requestedTokenType !== undefined && requestedTokenType !== "ACCESS_TOKEN") {
    throw new OAuthError("invalid_request", "The requested token type is not supported.");
  }
  if (actorToken !== undefined) throw new OAuthError("invalid_request", "Actor tokens are not supported.");
  if (audiences.length > 0) {
    throw new OAuthError("invalid_target", "No audience is known here; name a resource instead.");
  }
}

async function requireClient(ports: FlowPorts, { clientId }: Exchange): Promise<KnownClient> {
  const client = clientId === undefined ? undefined : await findClient(ports, String(clientId));
  if (client?.clientId !== undefined && client.clientType === "CONFIDENTIAL") {
    return { ...client, clientId: client.clientId };
  }
  throw new OAuthError("unauthorized_client", "Only a confidential client may exchange tokens.");
}

async function standingOf(
  ports: FlowPorts,
  exchange: Exchange,
  known: { client: KnownClient; issuer: string | undefined },
): Promise<Standing> {
  switch (exchange.subjectTokenType) {
    case "ACCESS_TOKEN":
      return standingOfAccessToken(exchange);
    case "ID_TOKEN":
      return standingOfIdToken(ports, exchange, known);
    default:
      throw new OAuthError("invalid_request", "The type of the subject token is not supported.");
  }
}

/** Later times than this are milliseconds: the API says seconds in one place and milliseconds in all others. */
const SECONDS_AT_MOST = 100_000_000_000;

function standingOfAccessToken({ subjectTokenInfo }: Exchange): Standing {
  const { subject, scopes = [], expiresAt } = subjectTokenInfo ?? {};
  if (subject === undefined || expiresAt === undefined) throw unusable();
  const notAfter = expiresAt < SECONDS_AT_MOST ? expiresAt * 1000 : expiresAt;
  return { subject, scopes: scopes.flatMap(({ name }) => name ?? []), notAfter };
}

const idTokenSchema = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
});

/**
 * The engine has verified the signature. An ID token gives no access of its own, so it is worth what the person has granted to this
 * client before; and one of another client is none of this client's (OIDC Core 2, `aud`).
 */
async function standingOfIdToken(
  ports: FlowPorts,
  { subjectToken = "" }: Exchange,
  { client, issuer }: { client: KnownClient; issuer: string | undefined },
): Promise<Standing> {
  const claims = idTokenSchema.safeParse(payloadOf(subjectToken)).data;
  if (!claims || issuer === undefined || claims.iss !== issuer) throw unusable();
  const names = [String(client.clientId), ...(client.clientIdAliasEnabled ? [client.clientIdAlias] : [])];
  if (![claims.aud].flat().some((audience) => names.includes(audience))) throw unusable();
  const granted = await ports.authlete["client/granted_scopes/get"]({
    clientId: String(client.clientId),
    subject: claims.sub,
  });
  const scopes = granted.mergedGrantedScopes ?? granted.latestGrantedScopes ?? [];
  return { subject: claims.sub, scopes, notAfter: claims.exp * 1000 };
}

function payloadOf(jwt: string): unknown {
  try {
    return JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString());
  } catch {
    return undefined;
  }
}

/** What the engine leaves out because the client may not have it is refused, not dropped: nothing would be left to show it. */
function requestedScopes({ form }: OAuthRequest): string[] {
  return (form.parameters.get("scope") ?? "").split(" ").filter((name) => name !== "");
}

/** No more than the subject token had (RFC 8693 section 5): without a wish, all of it that the client may have. */
function scopesWithin(client: Client, requested: readonly string[], { scopes }: Standing): string[] {
  const possible = scopesForClient(client, scopes);
  if (requested.length === 0) return possible;
  if (requested.every((name) => possible.includes(name))) return [...requested];
  throw new OAuthError("invalid_scope", "The scope exceeds that of the subject token.");
}

function unusable(): OAuthError {
  return new OAuthError("invalid_request", "The subject token cannot be exchanged by this client.");
}
