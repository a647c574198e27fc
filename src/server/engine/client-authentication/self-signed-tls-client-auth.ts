import type { X509Certificate } from "node:crypto";
import type { Client } from "../../authlete/client.ts";
import { publicKeyOf } from "../certificate/certificate.ts";
import type { EngineContext } from "../context.ts";
import { clientKeys } from "../jose/client-keys.ts";
import { importPublicKey, type Jwk } from "../jose/jwk.ts";
import { refuse } from "../refusal.ts";
import type { Authentication } from "./authenticate-client.ts";
import { presentedCertificate } from "./tls-client-auth.ts";

/**
 * `self_signed_tls_client_auth`: a certificate that the client registered among its keys (RFC 8705 2.2), as `x5c` or by its public key.
 * Where the registration names one key, only that counts. A client that has changed its keys is asked for them once more.
 */
export async function authenticateBySelfSignedCertificate(
  context: EngineContext,
  client: Client,
  { credentials }: Authentication,
): Promise<void> {
  const certificate = presentedCertificate(credentials);
  if ((await registeredKeys(context, client, false)).some((key) => isOf(key, certificate))) return;
  if (!client.jwksUri) refuse("A157333");
  const fresh = await registeredKeys(context, client, true);
  if (!fresh.some((key) => isOf(key, certificate))) refuse("A157333");
}

async function registeredKeys(
  context: EngineContext,
  client: Client,
  fresh: boolean,
): Promise<readonly Jwk[]> {
  const set = await clientKeys(context, client, { fresh });
  if (set === "not_registered") return refuse("A156301");
  if (set === "unavailable") return refuse("A156302");
  const { selfSignedCertificateKeyId: kid } = client;
  const keys = kid ? set.keys.filter((key) => key.kid === kid) : set.keys;
  return keys.length > 0 ? keys : refuse("A157329");
}

/** A key with certificates stands for the first of them and no other of the same key. */
function isOf(key: Jwk, certificate: X509Certificate): boolean {
  if (key.use !== undefined && key.use !== "sig") return false;
  if (key.x5c === undefined) return isKeyOf(key, certificate);
  const [registered] = Array.isArray(key.x5c) ? (key.x5c as unknown[]) : [];
  return typeof registered === "string" && Buffer.from(registered, "base64").equals(certificate.raw);
}

function isKeyOf(key: Jwk, certificate: X509Certificate): boolean {
  const presented = publicKeyOf(certificate);
  return presented !== undefined && importPublicKey(key)?.equals(presented) === true;
}
