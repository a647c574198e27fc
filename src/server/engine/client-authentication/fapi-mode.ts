import type { Client } from "../../authlete/client.ts";
import type { ClientAuthMethod, FapiMode, GrantType, JwsAlg } from "../../authlete/enumerations.ts";
import type { Service } from "../../authlete/service.ts";
import { refuse } from "../refusal.ts";

/** The only algorithms of most FAPI modes (FAPI 1 Advanced 8.6, FAPI 2 Security Profile 5.4). */
export const fapiAlgorithms: readonly JwsAlg[] = ["PS256", "ES256", "EdDSA"];

const strong: readonly ClientAuthMethod[] = [
  "PRIVATE_KEY_JWT",
  "TLS_CLIENT_AUTH",
  "SELF_SIGNED_TLS_CLIENT_AUTH",
];

const BASELINE: FapiMode = "FAPI1_BASELINE";

/** FAPI 1 Baseline 5.2.2 allows a shared secret in an assertion, and public clients. */
const baseline: readonly ClientAuthMethod[] = [...strong, "CLIENT_SECRET_JWT", "NONE"];

/** The modes that hold for a client: those of the service and its own. A mode that is unknown here is one all the same. */
export function fapiModes(service: Service, client: Client): readonly string[] {
  return [...(service.fapiModes ?? []), ...(client.fapiModes ?? [])];
}

/** Whether one of the modes is of FAPI 2: then the only audience of an assertion is the issuer (FAPI 2 5.3.2.1). */
export function isFapi2(modes: readonly string[]): boolean {
  return modes.some((mode) => mode.startsWith("FAPI2_"));
}

/** Whether one of the modes is stricter than FAPI 1 Baseline: then algorithms are few, and tokens are bound to a key or certificate. */
export function isBeyondBaseline(modes: readonly string[]): boolean {
  return modes.some((mode) => mode !== BASELINE);
}

/**
 * Refuses what no FAPI mode of the service or the client allows: the password grant, and client authentication that is neither an
 * assertion nor a certificate.
 *
 * @param request.grantType of a token request.
 */
export function checkFapiModes(
  service: Service,
  client: Client,
  { grantType, clientAuthMethod }: { grantType?: GrantType; clientAuthMethod: ClientAuthMethod },
): void {
  const modes = fapiModes(service, client);
  if (modes.length > 0 && grantType === "PASSWORD") refuse("A295306");
  if (!allowsMethod(modes, clientAuthMethod)) refuse("A295301");
}

/** Whether clients may authenticate like this in all of these modes. */
export function allowsMethod(modes: readonly string[], method: ClientAuthMethod): boolean {
  return modes.every((mode) => (mode === BASELINE ? baseline : strong).includes(method));
}
