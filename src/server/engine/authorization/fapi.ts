import { fapiModes, isFapi2 } from "../client-authentication/fapi-mode.ts";
import { refuse } from "../refusal.ts";
import { isFapi1 } from "./fapi-modes.ts";
import { isJwtMode } from "./response/response-mode.ts";
import type { Examination } from "./rule.ts";

/** What FAPI modes demand of a request that is otherwise good. That it is pushed and signed was checked when it was read. */
export function checkFapi(examination: Examination): Record<never, never> {
  const { context, client, known } = examination;
  const modes = fapiModes(context.service, client);
  if (modes.length === 0) return {};
  checkRedirection(examination);
  if (isFapi2(modes)) checkSecurityProfile(examination);
  if (isFapi1(modes)) checkBaseline(examination);
  if (modes.includes("FAPI1_ADVANCED")) checkAdvanced(examination);
  if (known.codeChallengeMethod !== "S256" && !isBoundByIdToken(modes, examination)) refuse("A294305");
  const isSigned = isJwtMode(known.responseMode);
  if (modes.includes("FAPI2_MESSAGE_SIGNING_AUTH_RES") && !isSigned) refuse("A294306");
  return {};
}

/** FAPI 1.0 Baseline 5.2.2, FAPI 2.0 Security Profile 5.3.2.2: https, or the loopback interface of a native client. */
function checkRedirection({ client, known }: Examination): void {
  if (!known.redirectUriGiven) refuse("A294303");
  const isNative = client.applicationType === "NATIVE" && known.redirectUri.startsWith("http:");
  if (!known.redirectUri.startsWith("https:") && !isNative) refuse("A294304");
}

/** FAPI 1.0 Advanced 5.2.2 binds the response by the ID token in it, unless the request was pushed. */
function isBoundByIdToken(modes: readonly string[], { known, parameters }: Examination): boolean {
  return modes.includes("FAPI1_ADVANCED") && known.responseType === "CODE_ID_TOKEN" && !parameters.pushed;
}

function checkSecurityProfile({ client, known }: Examination): void {
  if (client.clientType === "PUBLIC") refuse("A294301");
  if (known.responseType !== "CODE") refuse("A294302");
}

/** FAPI 1.0 Baseline 5.2.2.2 and 5.2.2.3. */
function checkBaseline({ known }: Examination): void {
  if (known.scopes.includes("openid") ? !known.nonce : !known.state) refuse("A294309");
}

function checkAdvanced({ client, known }: Examination): void {
  if (client.clientType === "PUBLIC") refuse("A294301");
  if (known.responseType === "CODE_ID_TOKEN") return;
  if (known.responseType !== "CODE") refuse("A294302");
  if (!isJwtMode(known.responseMode)) refuse("A294306");
}
