import type { Client } from "../authlete/client.ts";
import type { ClientCredentials } from "../oauth/client-authentication.ts";
import { OAuthError } from "../oauth/error.ts";
import { equalSecrets } from "../secret/hash.ts";
import { findClient } from "./find-client.ts";
import type { FlowPorts } from "./ports.ts";

/** What the secret of a client that is not there is compared with. Nobody is let in by it. */
const NO_SECRET = "";

/**
 * Authenticates the caller as a registered confidential client, by its secret and in the way it is registered for
 * (RFC 6749 section 2.3.1). Every reason for refusal looks the same and costs the same work.
 *
 * @throws OAuthError invalid_client, with the reason in `detail`; EngineError when the engine cannot be asked.
 */
export async function authenticateConfidentialClient(
  ports: Pick<FlowPorts, "authlete">,
  credentials: ClientCredentials,
): Promise<Client> {
  if (credentials.method === "none" || credentials.method === "client_assertion") {
    throw notAuthenticated(credentials.method);
  }
  const client = await findClient(ports, credentials.clientId);
  const equal = equalSecrets(credentials.clientSecret, client?.clientSecret ?? NO_SECRET);
  const reason = refusal(client, credentials.method, equal);
  if (client === undefined || reason !== undefined) throw notAuthenticated(reason ?? "unknown client");
  return client;
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
