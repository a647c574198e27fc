import { type GrantType, grantTypeSchema } from "../../../authlete/enumerations.ts";
import type { Service } from "../../../authlete/service.ts";
import { grantTypeValue } from "../../token/grant-type.ts";
import {
  clientSignatureAlgorithms,
  contentEncryptions,
  encryptionAlgorithms,
  tokenSignatureAlgorithms,
} from "./algorithms.ts";
import type { Metadata } from "./server-metadata.ts";

/** What is issued, in which form. */
export function tokenMetadata(service: Service): Metadata {
  const signatures = tokenSignatureAlgorithms(service);
  return {
    grant_types_supported: grantTypes(service).map(grantTypeValue),
    subject_types_supported: ["public", "pairwise"],
    id_token_signing_alg_values_supported: signatures,
    id_token_encryption_alg_values_supported: encryptionAlgorithms,
    id_token_encryption_enc_values_supported: contentEncryptions,
    userinfo_signing_alg_values_supported: ["none", ...signatures],
    userinfo_encryption_alg_values_supported: encryptionAlgorithms,
    userinfo_encryption_enc_values_supported: contentEncryptions,
    introspection_signing_alg_values_supported: ["none", ...signatures],
    introspection_encryption_alg_values_supported: encryptionAlgorithms,
    introspection_encryption_enc_values_supported: contentEncryptions,
    dpop_signing_alg_values_supported: clientSignatureAlgorithms(service),
    tls_client_certificate_bound_access_tokens: service.tlsClientCertificateBoundAccessTokens === true,
    native_sso_supported: service.nativeSsoSupported === true,
  };
}

/** What a service that lists no grant types supports. */
const offered = grantTypeSchema.options.filter((type) => type !== "PRE_AUTHORIZED_CODE");

/** No FAPI mode allows the password grant. */
function grantTypes({ supportedGrantTypes, fapiModes = [] }: Service): GrantType[] {
  const listed = offered.filter((type) => supportedGrantTypes?.includes(type) ?? true);
  return listed.filter((type) => type !== "PASSWORD" || fapiModes.length === 0);
}
