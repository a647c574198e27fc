import type { Client } from "../authlete/client.ts";
import { OAuthError } from "../oauth/error.ts";
import type { OAuthRequest } from "../oauth/oauth-request.ts";
import { equalSecrets } from "../secret/hash.ts";
import { clientCall } from "./engine-request.ts";
import { findClient } from "./find-client.ts";
import type { FlowPorts } from "./ports.ts";

/** What the secret of a client that is not there is compared with. Nobody is let in by it. */
const NO_SECRET = "";

/**
 * Authenticates the caller as a registered confidential client, in the way it is registered for (RFC 6749 section 2.3). A secret is
 * compared here; an assertion or a certificate the engine judges. Every reason for refusal looks the same and costs the same work.
 *
 * @throws OAuthError invalid_client, with the reason in `detail`; EngineError when the engine cannot be asked.
 */
export async function authenticateConfidentialClient(
  ports: Pick<FlowPorts, "authlete" | "random">,
  request: OAuthRequest,
): Promise<Client> {
  const { credentials } = request;
  if (credentials.method === "none" || credentials.method === "client_assertion") {
    return authenticateByKey(ports, request);
  }
  const client = await findClient(ports, credentials.clientId);
  const equal = equalSecrets(credentials.clientSecret, client?.clientSecret ?? NO_SECRET);
  const reason = refusal(client, credentials.method, equal);
  if (client === undefined || reason !== undefined) throw notAuthenticated(reason ?? "unknown client");
  return client;
}

const NO_TOKEN_BYTES = 32;

/**
 * The API has no call that authenticates a client and does nothing else. Revoking a token that nobody has comes to the same: the engine
 * authenticates first, and an unknown token is no error (RFC 7009 section 2.2).
 */
async function authenticateByKey(
  ports: Pick<FlowPorts, "authlete" | "random">,
  request: OAuthRequest,
): Promise<Client> {
  const { form, credentials, certificates } = request;
  if (credentials.method === "none" && certificates.length === 0) throw notAuthenticated("none");
  const clientId = credentials.clientId ?? issuerOf(form.parameters.get("client_assertion"));
  const token = Buffer.from(ports.random(NO_TOKEN_BYTES)).toString("base64url");
  const parameters = new URLSearchParams({ token });
  for (const name of KEY_PARAMETERS) {
    const value = form.parameters.get(name);
    if (value !== undefined) parameters.set(name, value);
  }
  const { action } = await ports.authlete["auth/revocation"]({
    ...clientCall(request),
    parameters: parameters.toString(),
  });
  if (action !== "OK" || clientId === undefined) throw notAuthenticated(`the engine says ${action}`);
  const client = await findClient(ports, clientId);
  if (client?.clientType !== "CONFIDENTIAL") throw notAuthenticated("public client");
  return client;
}

const KEY_PARAMETERS = ["client_id", "client_assertion_type", "client_assertion"] as const;

/** Who an assertion says it is from (RFC 7523 section 3). The engine has to have accepted it. */
function issuerOf(assertion: string | undefined): string | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(assertion?.split(".")[1] ?? "", "base64url").toString());
    const iss = typeof payload === "object" && payload !== null && "iss" in payload ? payload.iss : undefined;
    return typeof iss === "string" ? iss : undefined;
  } catch {
    return undefined;
  }
}

function refusal(
  client: Client | undefined,
  method: "client_secret_basic" | "client_secret_post",
  equal: boolean,
): string | undefined {
  if (client === undefined) return "unknown client";
  if (!client.clientSecret || !equal) return "wrong secret";
  if (client.locked) return "locked client";
  if (client.clientType !== "CONFIDENTIAL") return "public client";
  const registered = client.tokenAuthMethod ?? "CLIENT_SECRET_BASIC";
  return registered === method.toUpperCase() ? undefined : "another method is registered";
}

function notAuthenticated(detail: string): OAuthError {
  return new OAuthError("invalid_client", "The client could not be authenticated.", { detail });
}
