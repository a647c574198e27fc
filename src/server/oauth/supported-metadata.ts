import type { ServerMetadata } from "./server-metadata.ts";

/** Metadata of a client that choose among what the server offers, and the member of the server's own metadata that lists it. */
const offers: Readonly<Record<string, string>> = {
  response_types: "response_types_supported",
  grant_types: "grant_types_supported",
  token_endpoint_auth_method: "token_endpoint_auth_methods_supported",
  token_endpoint_auth_signing_alg: "token_endpoint_auth_signing_alg_values_supported",
  id_token_signed_response_alg: "id_token_signing_alg_values_supported",
  id_token_encrypted_response_alg: "id_token_encryption_alg_values_supported",
  id_token_encrypted_response_enc: "id_token_encryption_enc_values_supported",
  userinfo_signed_response_alg: "userinfo_signing_alg_values_supported",
  userinfo_encrypted_response_alg: "userinfo_encryption_alg_values_supported",
  userinfo_encrypted_response_enc: "userinfo_encryption_enc_values_supported",
  authorization_signed_response_alg: "authorization_signing_alg_values_supported",
  authorization_encrypted_response_alg: "authorization_encryption_alg_values_supported",
  authorization_encrypted_response_enc: "authorization_encryption_enc_values_supported",
  request_object_signing_alg: "request_object_signing_alg_values_supported",
  request_object_encryption_alg: "request_object_encryption_alg_values_supported",
  request_object_encryption_enc: "request_object_encryption_enc_values_supported",
};

/**
 * The first member of a client's metadata that asks for what the server does not offer: the client would be registered and could not work.
 * Values of another type are the engine's to judge, and so is what the server has no list of.
 *
 * @param server the server's own metadata, as they are published.
 * @returns the member's name, or `undefined`.
 * @see RFC 7591 section 3.2.2; OpenID Connect Dynamic Client Registration 1.0, section 2
 */
export function unsupportedMember(
  client: Readonly<Record<string, unknown>>,
  server: ServerMetadata,
): string | undefined {
  return Object.entries(offers).find(([name, list]) => {
    const offered = server[list];
    if (!Array.isArray(offered)) return false;
    const known = new Set(offered.map(inOrder));
    return [client[name]].flat().some((value) => typeof value === "string" && !known.has(inOrder(value)));
  })?.[0];
}

/** The words of a response type have no order (RFC 6749 section 3.1.1). */
function inOrder(value: unknown): string {
  return String(value).split(" ").toSorted().join(" ");
}
