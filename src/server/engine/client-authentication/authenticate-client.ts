import type { Client } from "../../authlete/client.ts";
import type { ClientAuthMethod } from "../../authlete/enumerations.ts";
import { equalSecrets } from "../../secret/hash.ts";
import { refuse } from "../refusal.ts";
import type { ClientCredentials } from "./credentials.ts";

/**
 * Lets a client prove who it is by the one method it is registered for (RFC 6749 2.3). Credentials that come through
 * another channel than the method's do not count, even if they are right.
 *
 * @returns the method that succeeded.
 */
export function authenticateClient(client: Client, credentials: ClientCredentials): ClientAuthMethod {
  const method = registeredMethod(client);
  checkMethodFitsClientType(client, method);
  authenticators[method](client, credentials);
  return method;
}

/** A confidential client without a registered method has `client_secret_basic`. */
function registeredMethod(client: Client): ClientAuthMethod {
  const method = client.tokenAuthMethod ?? (client.clientType === "PUBLIC" ? "NONE" : "CLIENT_SECRET_BASIC");
  return isListed(method) ? method : refuse("A157357");
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
const authenticators: Record<ClientAuthMethod, (client: Client, credentials: ClientCredentials) => void> = {
  NONE: refusePresentedCredentials,
  CLIENT_SECRET_BASIC: authenticateByHeader,
  CLIENT_SECRET_POST: authenticateByParameters,
  CLIENT_SECRET_JWT: () => refuse("A157309"),
  PRIVATE_KEY_JWT: () => refuse("A157309"),
  TLS_CLIENT_AUTH: () => refuse("A157327"),
  SELF_SIGNED_TLS_CLIENT_AUTH: () => refuse("A157327"),
  ATTEST_JWT_CLIENT_AUTH: () => refuse("A158301"),
};

/** An empty `client_secret` is no credential: some public clients send one. */
function refusePresentedCredentials(_client: Client, { header, form }: ClientCredentials): void {
  const inForm = form.get("client_secret")?.some((value) => value !== "") || form.has("client_assertion");
  if (header.clientSecret || inForm) refuse("A157303");
}

function authenticateByHeader(client: Client, { header }: ClientCredentials): void {
  if (header.clientId === undefined) refuse("A157357");
  checkSecret(client, header.clientSecret);
}

function authenticateByParameters(client: Client, { header, form }: ClientCredentials): void {
  if (header.clientId !== undefined || !form.get("client_id")?.[0]) refuse("A157357");
  const secrets = form.get("client_secret");
  checkSecret(client, secrets?.length === 1 ? secrets[0] : undefined);
}

/** A client without a secret of its own never passes. */
function checkSecret(client: Client, presented: string | undefined): void {
  const secret = presented || refuse("A157304");
  if (!client.clientSecret || !equalSecrets(secret, client.clientSecret)) refuse("A157305");
}
