import type { IntrospectionResponse } from "../authlete/messages/introspection.ts";
import { jsonAnswer, type OAuthAnswer } from "../oauth/answer.ts";
import { OAuthError } from "../oauth/error.ts";
import { type ActiveToken, activeToken, inactiveToken } from "../oauth/introspection-response.ts";
import type { OAuthRequest } from "../oauth/oauth-request.ts";
import { authenticateConfidentialClient } from "./oauth-client.ts";
import { answerFault } from "./oauth-failure.ts";
import type { Issuer } from "./oauth-issuer.ts";
import type { FlowPorts } from "./ports.ts";

/**
 * Answers a token introspection request (RFC 7662) of a confidential client. `token_type_hint` is a hint: the engine finds
 * the token without it, so a wrong one changes nothing.
 *
 * @param issuer gives what the service is called.
 * @throws OAuthError invalid_client, invalid_request; EngineError when the engine cannot be asked.
 */
export async function answerIntrospectionRequest(
  ports: FlowPorts,
  request: OAuthRequest,
  issuer: () => Issuer | Promise<Issuer>,
): Promise<OAuthAnswer> {
  await authenticateConfidentialClient(ports, request);
  const token = requireToken(request);
  const response = await ports.authlete["auth/introspection"]({ token });
  switch (response.action) {
    case "OK":
      if (response.usable === false) return jsonAnswer(200, inactiveToken);
      return jsonAnswer(200, activeToken(describe(response, await issuer())));
    case "UNAUTHORIZED":
      return response.existent ? answerStandard(ports, request) : jsonAnswer(200, inactiveToken);
    case "BAD_REQUEST":
    case "FORBIDDEN":
      return jsonAnswer(200, inactiveToken);
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return answerFault(ports, {
        endpoint: "introspect",
        action: response.action,
        resultCode: response.resultCode,
      });
  }
}

/**
 * A token that is bound to a key is found unusable without its proof, which the resource server has and we have not: it is told
 * what the token is bound to (RFC 9449 section 6.2, RFC 8705 section 3.2).
 */
async function answerStandard(ports: FlowPorts, { form }: OAuthRequest): Promise<OAuthAnswer> {
  const response = await ports.authlete["auth/introspection/standard"]({ parameters: form.text });
  switch (response.action) {
    case "OK":
      return jsonAnswer(200, response.responseContent);
    case "JWT":
    case "BAD_REQUEST":
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return answerFault(ports, {
        endpoint: "introspect",
        action: response.action,
        resultCode: response.resultCode,
      });
  }
}

/** REQUIRED, RFC 7662 section 2.1. */
function requireToken({ form }: OAuthRequest): string {
  const token = form.parameters.get("token");
  if (token !== undefined) return token;
  throw new OAuthError("invalid_request", "The parameter token is missing.");
}

type Known = Extract<IntrospectionResponse, { action: "OK" }>;

function describe(known: Known, { issuer, tokenType }: Issuer): ActiveToken {
  return {
    issuer,
    tokenType,
    clientId: clientIdOf(known),
    subject: known.subject,
    scopes: known.scopes,
    audience: known.accessTokenResources,
    expiresAt: known.expiresAt,
    acr: known.acr,
    authTime: known.authTime,
    properties: visibleProperties(known),
  };
}

/** The identifier under which the client asked for the token. */
function clientIdOf(known: Known): string | undefined {
  if (known.clientEntityIdUsed && known.clientEntityId) return known.clientEntityId;
  if (known.clientIdAliasUsed && known.clientIdAlias) return known.clientIdAlias;
  return known.clientId?.toString();
}

function visibleProperties({ properties = [] }: Known): { key: string; value: string }[] {
  return properties.flatMap(({ key, value, hidden }) =>
    key === undefined || hidden ? [] : [{ key, value: value ?? "" }],
  );
}
