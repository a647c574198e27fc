import type { Client } from "../../authlete/client.ts";
import type { ClientAuthMethod } from "../../authlete/enumerations.ts";
import type { EngineContext } from "../context.ts";
import { refuse } from "../refusal.ts";
import { authenticateByAssertion } from "./client-assertion.ts";
import {
  authenticateByHeader,
  authenticateByParameters,
  refusePresentedCredentials,
} from "./client-secret.ts";
import type { ClientCredentials } from "./credentials.ts";
import { type ClientEndpoint, endpointTakes } from "./endpoint.ts";
import { authenticateBySelfSignedCertificate } from "./self-signed-tls-client-auth.ts";
import { authenticateByCertificateChain } from "./tls-client-auth.ts";

/** What a client shows, and where. */
export type Authentication = { credentials: ClientCredentials; endpoint: ClientEndpoint };

/** Lets a client pass, or refuses. */
export type Authenticator = (
  context: EngineContext,
  client: Client,
  authentication: Authentication,
) => void | Promise<void>;

/**
 * Lets a client prove who it is by the one method it is registered for (RFC 6749 2.3, OIDC Core 9, RFC 8705 2). Credentials of another
 * method do not count, even if they are right. An assertion that passes is used up.
 *
 * @returns the method that succeeded.
 * @throws Refusal with a code of A156, A157 or A158.
 */
export async function authenticateClient(
  context: EngineContext,
  client: Client,
  authentication: Authentication,
): Promise<ClientAuthMethod> {
  const method = registeredMethod(client);
  checkMethodFitsClientType(client, method);
  if (!endpointTakes(context.service, authentication.endpoint, method)) refuse("A157344");
  await authenticators[method](context, client, authentication);
  return method;
}

/** A confidential client without a registered method has `client_secret_basic`. */
function registeredMethod(client: Client): ClientAuthMethod {
  const method = client.tokenAuthMethod ?? (client.clientType === "PUBLIC" ? "NONE" : "CLIENT_SECRET_BASIC");
  return isListed(method) ? method : refuse("A157344");
}

function isListed(method: string): method is ClientAuthMethod {
  return Object.hasOwn(authenticators, method);
}

function checkMethodFitsClientType(client: Client, method: ClientAuthMethod): void {
  const isPublic = client.clientType === "PUBLIC";
  if (!isPublic && method === "NONE") refuse("A157301");
  if (isPublic && method !== "NONE") refuse("A157302");
}

/** Methods that the engine cannot check never let a client pass. */
const authenticators: Record<ClientAuthMethod, Authenticator> = {
  NONE: refusePresentedCredentials,
  CLIENT_SECRET_BASIC: authenticateByHeader,
  CLIENT_SECRET_POST: authenticateByParameters,
  CLIENT_SECRET_JWT: authenticateByAssertion,
  PRIVATE_KEY_JWT: authenticateByAssertion,
  TLS_CLIENT_AUTH: authenticateByCertificateChain,
  SELF_SIGNED_TLS_CLIENT_AUTH: authenticateBySelfSignedCertificate,
  ATTEST_JWT_CLIENT_AUTH: () => refuse("A157344"),
};
