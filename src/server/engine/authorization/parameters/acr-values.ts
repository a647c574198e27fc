import type { Client } from "../../../authlete/client.ts";
import { givenTexts } from "../../given.ts";
import { refuse } from "../../refusal.ts";
import { words } from "../request-parameters.ts";
import type { Rule } from "../rule.ts";

/**
 * `acr_values` (OIDC Core 3.1.2.1): what a claims request names comes first, then this, then the client's default. Only a claims
 * request can make one of them a must.
 */
export const acrValues: Rule = ({ context, client, parameters, known }) => {
  const named = words(parameters, "acr_values", ["A021301", "A021302"]);
  const acrs = known.acrs ?? named ?? defaultsOf(client);
  if (acrs.length === 0) return {};
  const supported = givenTexts(context.service.supportedAcrs);
  if (supported.length === 0) refuse("A021303");
  if (acrs.some((acr) => !supported.includes(acr))) refuse("A021304");
  return { acrs };
};

function defaultsOf({ defaultAcrs }: Client): string[] {
  return givenTexts(defaultAcrs);
}
