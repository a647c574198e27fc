import type { Client } from "../authlete/client.ts";
import type { IntrospectionResponse } from "../authlete/messages/introspection.ts";
import { jsonAnswer, type OAuthAnswer, withHeaders } from "../oauth/answer.ts";
import { OAuthError } from "../oauth/error.ts";
import { INTROSPECTION_JWT, wantsJwt } from "../oauth/introspection-accept.ts";
import { type ActiveToken, activeToken, inactiveToken } from "../oauth/introspection-response.ts";
import type { OAuthRequest } from "../oauth/oauth-request.ts";
import { authenticateConfidentialClient } from "./oauth-client.ts";
import { answerFault } from "./oauth-failure.ts";
import type { Issuer } from "./oauth-issuer.ts";
import type { FlowPorts } from "./ports.ts";

/**
 * Answers a token introspection request (RFC 7662) of a confidential client, as JSON or, where it asks for that, as a JWT (RFC 9701).
 * `token_type_hint` is a hint: the engine finds the token without it, so a wrong one changes nothing.
 *
 * @param issuer gives what the service is called.
 * @throws OAuthError invalid_client, invalid_request; EngineError when the engine cannot be asked.
 */
export async function answerIntrospectionRequest(
  ports: FlowPorts,
  request: OAuthRequest,
  issuer: () => Issuer | Promise<Issuer>,
): Promise<OAuthAnswer> {
  const caller = await authenticateConfidentialClient(ports, request);
  const token = requireToken(request);
  const response = await ports.authlete["auth/introspection"]({ token });
  switch (response.action) {
    case "OK":
    case "UNAUTHORIZED":
    case "BAD_REQUEST":
    case "FORBIDDEN": {
      const isTold = isAlive(response) && mayKnow(caller, response);
      if (wantsJwt(request.accept)) return answerJwt(ports, request, { caller, isTold });
      if (!isTold) return jsonAnswer(200, inactiveToken);
      if (response.action !== "OK") return answerStandard(ports, request);
      return jsonAnswer(200, activeToken(describe(response, await issuer())));
    }
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return fault(ports, response);
  }
}

/**
 * Whether the token may be active. One that is bound to a key is found unusable without its proof, which the resource server has and we have
 * not: only `auth/introspection/standard` knows whether it is.
 */
function isAlive(response: IntrospectionResponse): boolean {
  if (response.action === "OK") return response.usable !== false;
  return response.action === "UNAUTHORIZED" && response.existent === true;
}

/** Who may be told of a token (RFC 7662 section 4): clients of the operator of any, a client that registered itself of its own. */
function mayKnow(caller: Client, response: IntrospectionResponse): boolean {
  if (!caller.dynamicallyRegistered) return true;
  return caller.clientId !== undefined && "clientId" in response && response.clientId === caller.clientId;
}

/** A bound token, with what it is bound to (RFC 9449 section 6.2, RFC 8705 section 3.2). */
async function answerStandard(ports: FlowPorts, { form }: OAuthRequest): Promise<OAuthAnswer> {
  const response = await ports.authlete["auth/introspection/standard"]({ parameters: form.text });
  return response.action === "OK" ? jsonAnswer(200, response.responseContent) : fault(ports, response);
}

/** Of a token that the caller is not told of the JWT says what it says of one that does not exist. */
const NO_TOKEN = "token=none";

/** The JWT is for the caller, under its client identifier: a token for other audiences is not active in it (RFC 9701 section 5). */
async function answerJwt(
  ports: FlowPorts,
  { form, accept }: OAuthRequest,
  { caller, isTold }: { caller: Client; isTold: boolean },
): Promise<OAuthAnswer> {
  const { clientId, clientIdAlias, clientIdAliasEnabled } = caller;
  const response = await ports.authlete["auth/introspection/standard"]({
    parameters: isTold ? form.text : NO_TOKEN,
    rsUri: clientIdAliasEnabled && clientIdAlias ? clientIdAlias : String(clientId),
    httpAcceptHeader: accept,
  });
  if (response.action !== "JWT") return fault(ports, response);
  return withHeaders(jsonAnswer(200, response.responseContent), { "content-type": INTROSPECTION_JWT });
}

function fault(
  ports: FlowPorts,
  { action, resultCode }: { action: string; resultCode?: string | undefined },
) {
  return answerFault(ports, { endpoint: "introspect", action, resultCode });
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
