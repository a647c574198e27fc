import type { Service } from "../../../authlete/service.ts";
import { clientSignatureAlgorithms } from "./algorithms.ts";
import type { Metadata } from "./server-metadata.ts";

/** Client-initiated backchannel authentication (CIBA Core 4), where the service has its endpoint. */
export function backchannelMetadata(service: Service): Metadata {
  if (!service.backchannelAuthenticationEndpoint) return {};
  const modes = service.supportedBackchannelTokenDeliveryModes ?? ["POLL", "PING", "PUSH"];
  return {
    backchannel_token_delivery_modes_supported: modes.map((mode) => mode.toLowerCase()),
    backchannel_authentication_request_signing_alg_values_supported: clientSignatureAlgorithms(service),
    backchannel_user_code_parameter_supported: service.backchannelUserCodeParameterSupported === true,
  };
}
