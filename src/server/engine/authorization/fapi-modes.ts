import type { Client } from "../../authlete/client.ts";
import type { FapiMode } from "../../authlete/enumerations.ts";
import type { Service } from "../../authlete/service.ts";

/** Whether one of these modes holds for a client: those of the service and its own hold together. */
export function hasFapiMode(service: Service, client: Client, ...modes: FapiMode[]): boolean {
  const own: readonly string[] = [...(service.fapiModes ?? []), ...(client.fapiModes ?? [])];
  return modes.some((mode) => own.includes(mode));
}

/** Whether any profile of FAPI holds for a client, one that is not known here included. */
export function isFapi(service: Service, client: Client): boolean {
  return Boolean(service.fapiModes?.length || client.fapiModes?.length);
}

/** Whether the FAPI 2.0 Security Profile, which all of FAPI 2.0 builds on, holds for a client. */
export function isFapi2(service: Service, client: Client): boolean {
  return hasFapiMode(
    service,
    client,
    "FAPI2_SECURITY",
    "FAPI2_MESSAGE_SIGNING_AUTH_REQ",
    "FAPI2_MESSAGE_SIGNING_AUTH_RES",
    "FAPI2_MESSAGE_SIGNING_INTROSPECTION_RES",
  );
}

/** Whether FAPI 1.0 Baseline, which Advanced builds on, holds for a client. */
export function isFapi1(service: Service, client: Client): boolean {
  return hasFapiMode(service, client, "FAPI1_BASELINE", "FAPI1_ADVANCED");
}

/** Whether requests have to be signed (FAPI 1.0 Advanced 5.2.2, FAPI 2.0 Message Signing 5.3.1). */
export function demandsSignedRequests(service: Service, client: Client): boolean {
  return hasFapiMode(service, client, "FAPI1_ADVANCED", "FAPI2_MESSAGE_SIGNING_AUTH_REQ");
}
