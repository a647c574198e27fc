import type { Client } from "../authlete/client.ts";
import type { ClientRegistrationResponse } from "../authlete/messages/client-registration.ts";
import { type OAuthAnswer, withHeaders } from "../oauth/answer.ts";
import { ownClientMetadata, type RegistrationPolicy } from "../oauth/client-metadata.ts";
import { OAuthError } from "../oauth/error.ts";
import { publishedMetadata } from "../oauth/server-metadata.ts";
import { tokenMissing, tokenRefused } from "../oauth/token-challenge.ts";
import { equalSecrets } from "../secret/hash.ts";
import { engineAnswer, engineFault } from "./oauth-engine-answer.ts";
import { answerFault } from "./oauth-failure.ts";
import type { FlowPorts } from "./ports.ts";
import { tooManyRequests } from "./too-many-requests.ts";

/** A registration request, read; `address` is who calls, where that is known. */
export type RegistrationRequest = { token: string | undefined; json: string; address: string | undefined };

/** A request about a client that is registered (RFC 7592). */
export type ManagementRequest = { token: string | undefined; clientId: string } & (
  | { action: "get" | "delete" }
  | { action: "update"; json: string }
);

/**
 * Registers a client (RFC 7591 section 3). Who may is a setting; what a client cannot give itself is refused; a public client has to use PKCE
 * from then on (RFC 9700 section 2.1.1). Whoever has no initial access token can try so many times an hour.
 *
 * @throws OAuthError access_denied, invalid_client_metadata; EngineError when the engine cannot be asked.
 */
export async function answerRegistrationRequest(
  ports: FlowPorts,
  { token, json, address }: RegistrationRequest,
): Promise<OAuthAnswer> {
  requireRegistration(ports);
  const refusal = await admissionRefusal(ports, token, address);
  if (refusal) return refusal;
  const metadata = ownClientMetadata(json, await registrationPolicy(ports));
  const response = await ports.authlete["client/registration"]({ json: metadata });
  if (response.action === "CREATED" && response.client && !(await isFinished(ports, response.client))) {
    return answerFault(ports, { endpoint: "register", action: "client/update" });
  }
  return answerOf(ports, response);
}

/**
 * Shows, replaces or ends the registration of a client (RFC 7592 section 2).
 *
 * @throws OAuthError access_denied, invalid_client_metadata; EngineError when the engine cannot be asked.
 */
export async function answerManagementRequest(
  ports: FlowPorts,
  request: ManagementRequest,
): Promise<OAuthAnswer> {
  requireRegistration(ports);
  const { token, clientId, action } = request;
  if (token === undefined) return tokenMissing();
  const call = { token, clientId };
  if (action !== "update")
    return answerOf(ports, await ports.authlete[`client/registration/${action}`](call));
  const json = ownClientMetadata(request.json, await registrationPolicy(ports));
  return answerOf(ports, await ports.authlete["client/registration/update"]({ ...call, json }));
}

/** Why somebody may not register a client now. Where everybody may, a token is not needed but lets its holder register without end. */
async function admissionRefusal(
  { settings, registrations, log }: FlowPorts,
  token: string | undefined,
  address: string | undefined,
): Promise<OAuthAnswer | undefined> {
  const { access, token: initialToken } = settings.registration;
  if (initialToken !== undefined && token !== undefined && equalSecrets(token, initialToken))
    return undefined;
  if (access === "token") return token === undefined ? tokenMissing() : refusedToken();
  const seconds = await registrations.consume(address);
  if (seconds === 0) return undefined;
  log.warn("audit.registrations_exceeded", { address });
  return tooManyRequests("Too many clients were registered from this address.", seconds);
}

function requireRegistration({ settings }: FlowPorts): void {
  if (settings.registration.access !== "off") return;
  throw new OAuthError("access_denied", "Clients cannot register themselves here.");
}

async function registrationPolicy({ authlete, settings }: FlowPorts): Promise<RegistrationPolicy> {
  const [{ supportedScopes = [] }, document] = await Promise.all([
    authlete["service/get"]({}),
    authlete["service/configuration"]({}),
  ]);
  const abilities = {
    certificates: settings.certificateHeader !== undefined,
    registration: true,
    // What a client may register is the service's to say; whom the front lets use it is decided when it asks.
    passwordGrant: true,
    accountRegistration: true,
  };
  return {
    scopes: supportedScopes.flatMap(({ name }) => name ?? []),
    server: publishedMetadata(document, abilities),
    plainLoopback: !settings.production,
  };
}

/** A client that could not be made safe does not stay. */
async function isFinished(ports: FlowPorts, client: Client): Promise<boolean> {
  const { clientType, clientId, pkceRequired } = client;
  if (clientType !== "PUBLIC" || pkceRequired || clientId === undefined) return true;
  const identified = { clientId: String(clientId) };
  try {
    await ports.authlete["client/update"]({ ...client, ...identified, pkceRequired: true } as never);
    return true;
  } catch (error) {
    ports.log.error("oauth.registration_unfinished", { error });
    await ports.authlete["client/delete"](identified);
    return false;
  }
}

function refusedToken(): OAuthAnswer {
  const description = "The token is not the one that lets clients register.";
  return tokenRefused(401, { scheme: "Bearer", error: "invalid_token", description });
}

function answerOf(ports: FlowPorts, response: ClientRegistrationResponse): OAuthAnswer {
  switch (response.action) {
    case "CREATED":
      return engineAnswer(ports, "register", { status: 201, response });
    case "OK":
    case "UPDATED":
      return engineAnswer(ports, "register", { status: 200, response });
    case "DELETED":
      return { status: 204, headers: { "cache-control": "no-store", pragma: "no-cache" }, body: "" };
    case "BAD_REQUEST":
      return engineAnswer(ports, "register", { status: 400, response });
    case "UNAUTHORIZED":
      return withHeaders(engineAnswer(ports, "register", { status: 401, response }), {
        "www-authenticate": 'Bearer error="invalid_token"',
      });
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return engineFault(ports, "register", response);
  }
}
