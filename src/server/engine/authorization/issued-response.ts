import type { Client } from "../../authlete/client.ts";
import type { Request } from "../../authlete/operations.ts";
import { visibleProperties } from "../access-token/properties.ts";
import type { EngineContext } from "../context.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import { mintGrantTokens } from "../grant/mint-grant-tokens.ts";
import { idTokenFor } from "../id-token/id-token.ts";
import { rowId } from "../random-value.ts";
import type { IssuedTokens } from "../token/token-answer.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { type MintedCode, mintCode } from "./code.ts";
import type { ResponseParameters } from "./response/redirect.ts";
import { contentsOf } from "./response/response-type.ts";

/** What an authorization response gives to the client. Nothing of it is stored yet. */
export type IssuedContents = {
  code: MintedCode | undefined;
  token: IssuedTokens | undefined;
  idToken: string | undefined;
};

type Issue = {
  client: Client;
  request: AuthorizationRequest;
  grant: AuthorizedGrant;
  call: Partial<Request<"auth/authorization/issue">>;
};

/**
 * Makes what the response type asks for (OAuth 2.0 Multiple Response Type Encoding Practices): a code, an access token, an ID token
 * that vouches for both.
 */
export async function mintContents(context: EngineContext, issue: Issue): Promise<IssuedContents> {
  const { client, request, grant } = issue;
  const contents = contentsOf(request.responseType);
  const code = contents.code ? mintCode(context, client, { request, grant }) : undefined;
  const token = contents.token ? await mintFrontChannelToken(context, issue) : undefined;
  if (!contents.idToken) return { code, token, idToken: undefined };
  const idToken = await idTokenFor(context, {
    client,
    grant,
    besideAccessToken: contents.code || contents.token,
    vouchesFor: {
      accessToken: token && (token.jwtAccessToken ?? token.accessToken),
      code: code?.value,
      state: request.state,
    },
  });
  return { code, token, idToken };
}

/** A token of its own, not the one that a code beside it will yield. No key was proven, so it is a bearer token. */
function mintFrontChannelToken(
  context: EngineContext,
  { client, grant, call }: Issue,
): Promise<IssuedTokens> {
  return mintGrantTokens(context, {
    client,
    grant: { ...grant, tokenId: rowId(context) },
    grantType: "IMPLICIT",
    binding: { confirmation: undefined, refreshTokenJkt: undefined },
    wishes: { accessToken: call.accessToken, accessTokenDuration: call.accessTokenDuration },
    jwtFailure: "A045202",
  });
}

/** The parameters of a successful response (RFC 6749 4.1.2 and 4.2.2, OIDC Core 3.2.2.5 and 3.3.2.5). */
export function responseParameters(
  context: EngineContext,
  { code, token, idToken }: IssuedContents,
): ResponseParameters {
  return [
    ...(code ? [["code", code.value] as const] : []),
    ...(token ? tokenParameters(context, token) : []),
    ...(idToken === undefined ? [] : [["id_token", idToken] as const]),
    ...(token ? propertyParameters(token) : []),
  ];
}

function tokenParameters({ service }: EngineContext, token: IssuedTokens): ResponseParameters {
  const { row, accessToken, jwtAccessToken } = token;
  return [
    ["access_token", jwtAccessToken ?? accessToken],
    ["token_type", service.accessTokenType || "Bearer"],
    ["expires_in", String(row.accessTokenDuration)],
    ...(row.scopes.length > 0 ? [["scope", row.scopes.join(" ")] as const] : []),
    ...(row.grantId === undefined ? [] : [["grant_id", row.grantId] as const]),
  ];
}

/** Names that mean something in an authorization response or in a JWT. Properties of these names are not shown. */
const reserved: ReadonlySet<string> = new Set([
  "code",
  "state",
  "iss",
  "response",
  "session_state",
  "grant_id",
  "aud",
  "exp",
  "sub",
  "nbf",
  "iat",
  "jti",
]);

/** Extra properties go where the access token goes, those that are not hidden. */
function propertyParameters({ row }: IssuedTokens): ResponseParameters {
  return [...visibleProperties(row.properties)].filter(([name]) => !reserved.has(name));
}
