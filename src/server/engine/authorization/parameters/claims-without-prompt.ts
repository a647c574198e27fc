import { claimNamesOf } from "../../grant/claim-names.ts";
import { refuse } from "../../refusal.ts";
import { readClaimsRequest } from "../claims-request.ts";
import { givesAccessToken } from "../requested-claims.ts";
import type { Rule } from "../rule.ts";

/** Claims that say something of the authentication and not of the person. */
const authenticationClaims: ReadonlySet<string> = new Set(["sub", "acr", "auth_time", "amr", "nonce"]);

/**
 * `prompt=none` leaves nobody to be asked for claims, so none may be wanted one by one, nor by scope where the ID token is the only
 * place for them.
 */
export const claimsWithoutPrompt: Rule = ({ context: { service }, known }) => {
  if (!known.prompts?.includes("NONE")) return {};
  if (known.claims !== undefined) {
    const { idToken, userInfo } = readClaimsRequest(known.claims);
    const names = [...idToken.keys(), ...userInfo.keys()];
    if (names.some((name) => !authenticationClaims.has(name))) refuse("A024301");
  }
  if (!givesAccessToken(known) && claimNamesOf(service, known.scopes).length > 0) refuse("A024302");
  return {};
};
