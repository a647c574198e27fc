import { refuse } from "../../refusal.ts";
import { dynamicScopes, grantedScopes } from "../../token/scopes.ts";
import { words } from "../request-parameters.ts";
import { contentsOf } from "../response/response-type.ts";
import type { Examination, Rule } from "../rule.ts";

/** `scope` (RFC 6749 3.3): those asked for, or the default ones, that are registered and that the client may ask for. */
export const scope: Rule = (examination) => {
  const { context, client, parameters, known } = examination;
  const { service } = context;
  const asked = words(parameters, "scope", ["A007301", "A007302"]) ?? [];
  const scopes = grantedScopes(service, client, asked).filter((name) => countsHere(examination, name));
  if (service.scopeRequired && scopes.length === 0) refuse("A007305");
  if (contentsOf(known.responseType).idToken && !scopes.includes("openid")) refuse("A004302");
  const dynamic = dynamicScopes(service, scopes);
  return { scopes, ...(dynamic.length > 0 ? { dynamicScopes: dynamic } : {}) };
};

/** Offline access without the consent of the user, or without a code to get it by, is ignored (OIDC Core 11). */
function countsHere({ known }: Examination, name: string): boolean {
  if (name !== "offline_access") return true;
  return contentsOf(known.responseType).code && known.prompts?.includes("CONSENT") === true;
}
