import { promptSchema, responseModeSchema } from "../../../authlete/enumerations.ts";
import type { Service } from "../../../authlete/service.ts";
import { isResponseType, responseTypeValue } from "../../authorization/response/response-type.ts";
import {
  clientAlgorithms,
  contentEncryptions,
  encryptionAlgorithms,
  serviceSignatureAlgorithms,
} from "./algorithms.ts";
import type { Metadata } from "./server-metadata.ts";

/** What an authorization request may ask for, and what its answer looks like. */
export function requestMetadata(service: Service): Metadata {
  return {
    scopes_supported: service.supportedScopes?.map(({ name }) => name),
    response_types_supported: (service.supportedResponseTypes ?? ["CODE"])
      .filter(isResponseType)
      .map(responseTypeValue),
    response_modes_supported: responseModes,
    code_challenge_methods_supported: service.pkceS256Required ? ["S256"] : ["plain", "S256"],
    acr_values_supported: service.supportedAcrs,
    display_values_supported: service.supportedDisplays?.map((display) => display.toLowerCase()),
    prompt_values_supported: (service.supportedPromptValues ?? promptSchema.options).map((prompt) =>
      prompt.toLowerCase(),
    ),
    ui_locales_supported: service.supportedUiLocales,
    claims_locales_supported: service.supportedClaimLocales,
    claims_supported: service.supportedClaims,
    claim_types_supported: service.supportedClaimTypes?.map((type) => type.toLowerCase()),
    claims_parameter_supported: true,
    authorization_details_types_supported: service.supportedAuthorizationDetailsTypes,
    authorization_response_iss_parameter_supported: service.issSuppressed !== true,
    ...requestObjectMetadata(service),
    require_pushed_authorization_requests: service.parRequired === true,
    grant_management_actions_supported: service.grantManagementEndpoint && grantManagementActions,
    grant_management_action_required:
      service.grantManagementEndpoint && service.grantManagementActionRequired === true,
  };
}

/** All of them, for every service, as in the cloud. */
const responseModes = responseModeSchema.options.map((mode) => mode.toLowerCase().replace(/_jwt$/, ".jwt"));

const grantManagementActions = ["create", "query", "replace", "revoke", "merge"];

/** Request objects come by value (RFC 9101), or pushed (RFC 9126); `request_uri` of a client's own is never fetched. */
function requestObjectMetadata(service: Service): Metadata {
  return {
    request_parameter_supported: true,
    request_uri_parameter_supported: false,
    require_request_uri_registration: false,
    require_signed_request_object: service.requestObjectRequired === true,
    request_object_signing_alg_values_supported: ["none", ...clientAlgorithms],
    request_object_encryption_alg_values_supported: encryptionAlgorithms,
    request_object_encryption_enc_values_supported: contentEncryptions,
    authorization_signing_alg_values_supported: [
      "HS256",
      "HS384",
      "HS512",
      ...serviceSignatureAlgorithms(service),
    ],
    authorization_encryption_alg_values_supported: encryptionAlgorithms,
    authorization_encryption_enc_values_supported: contentEncryptions,
  };
}
