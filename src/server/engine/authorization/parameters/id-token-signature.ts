import { isHmac } from "../../jose/hmac.ts";
import { refuse } from "../../refusal.ts";
import type { Rule } from "../rule.ts";

/** Everybody has the secret of a public client: an ID token that is signed with it proves nothing (OIDC Core 10.1). */
export const idTokenSignature: Rule = ({ client, known }) => {
  const isAuthentication = known.scopes.includes("openid");
  if (isAuthentication && client.clientType === "PUBLIC" && isHmac(client.idTokenSignAlg)) refuse("A406301");
  return {};
};
