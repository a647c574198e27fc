import type { Client } from "../../authlete/client.ts";
import { equalSecrets } from "../../secret/hash.ts";
import type { EngineContext } from "../context.ts";
import { refuse } from "../refusal.ts";
import type { Authentication } from "./authenticate-client.ts";

/** `none`: a public client names itself. An empty `client_secret` is no credential: some public clients send one. */
export function refusePresentedCredentials(
  _context: EngineContext,
  _client: Client,
  { credentials: { header, form } }: Authentication,
): void {
  const inForm = form.get("client_secret")?.some((value) => value !== "") || form.has("client_assertion");
  if (header.clientSecret || inForm) refuse("A157303");
}

/** `client_secret_basic`: identifier and secret in the Authorization header (RFC 6749 2.3.1). */
export function authenticateByHeader(
  _context: EngineContext,
  client: Client,
  { credentials: { header } }: Authentication,
): void {
  if (header.clientId === undefined) refuse("A157357");
  checkSecret(client, header.clientSecret);
}

/** `client_secret_post`: identifier and secret among the parameters (RFC 6749 2.3.1). */
export function authenticateByParameters(
  _context: EngineContext,
  client: Client,
  { credentials: { header, form } }: Authentication,
): void {
  if (header.clientId !== undefined || !form.get("client_id")?.[0]) refuse("A157357");
  const secrets = form.get("client_secret") ?? [];
  if (secrets.length > 1) refuse("A158301");
  checkSecret(client, secrets[0]);
}

/** A client without a secret of its own never passes. */
function checkSecret(client: Client, presented: string | undefined): void {
  const secret = presented || refuse("A157304");
  if (!client.clientSecret || !equalSecrets(secret, client.clientSecret)) refuse("A157305");
}
