import { responseModeSchema } from "../../../authlete/enumerations.ts";
import type { Service } from "../../../authlete/service.ts";
import { demandsSignedRequests } from "../../authorization/fapi-modes.ts";
import { standardPrompts } from "../../authorization/parameters/prompt.ts";
import { isResponseType, responseTypeValue } from "../../authorization/response/response-type.ts";
import { isBeyondBaseline, isFapi2 } from "../../client-authentication/fapi-mode.ts";
import {
  clientSignatureAlgorithms,
  contentEncryptions,
  encryptionAlgorithms,
  secretAlgorithms,
  tokenSignatureAlgorithms,
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
    code_challenge_methods_supported: allowsPlainChallenge(service) ? ["plain", "S256"] : ["S256"],
    acr_values_supported: service.supportedAcrs,
    display_values_supported: service.supportedDisplays?.map((display) => display.toLowerCase()),
    prompt_values_supported: (service.supportedPromptValues ?? standardPrompts).map((prompt) =>
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
    require_pushed_authorization_requests: service.parRequired === true || isFapi2(service.fapiModes ?? []),
    grant_management_actions_supported: service.grantManagementEndpoint && grantManagementActions,
    grant_management_action_required:
      service.grantManagementEndpoint && service.grantManagementActionRequired === true,
  };
}

function allowsPlainChallenge({ pkceS256Required, fapiModes = [] }: Service): boolean {
  return !pkceS256Required && fapiModes.length === 0;
}

/** All of them, for every service, as in the cloud. */
const responseModes = responseModeSchema.options.map((mode) => mode.toLowerCase().replace(/_jwt$/, ".jwt"));

const grantManagementActions = ["create", "query", "replace", "revoke", "merge"];

/** Request objects come by value, from an address that their client has registered (RFC 9101), or pushed (RFC 9126). */
function requestObjectMetadata(service: Service): Metadata {
  return {
    request_parameter_supported: true,
    request_uri_parameter_supported: true,
    require_request_uri_registration: true,
    require_signed_request_object:
      service.requestObjectRequired === true || demandsSignedRequests(service.fapiModes ?? []),
    request_object_signing_alg_values_supported: requestObjectAlgorithms(service),
    request_object_encryption_alg_values_supported: encryptionAlgorithms,
    request_object_encryption_enc_values_supported: contentEncryptions,
    authorization_signing_alg_values_supported: tokenSignatureAlgorithms(service),
    authorization_encryption_alg_values_supported: encryptionAlgorithms,
    authorization_encryption_enc_values_supported: contentEncryptions,
  };
}

/** Unsigned ones are for the processing of OIDC Core 6.1, and for no FAPI mode (RFC 9101 4). */
function requestObjectAlgorithms(service: Service): readonly string[] {
  const { traditionalRequestObjectProcessingApplied, fapiModes = [] } = service;
  const isRestricted = isBeyondBaseline(fapiModes);
  return [
    ...(traditionalRequestObjectProcessingApplied && fapiModes.length === 0 ? ["none"] : []),
    ...(isRestricted ? [] : secretAlgorithms),
    ...clientSignatureAlgorithms(service),
  ];
}
