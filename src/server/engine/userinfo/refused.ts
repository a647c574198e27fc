import { challenge } from "../access-token/challenge.ts";
import type { EngineContext } from "../context.ts";
import { result } from "../refusal.ts";
import { type UserinfoRefusalCode, userinfoRefusals } from "./refusals.ts";

/**
 * The answer of the userinfo operations that refuses: `responseContent` is a `WWW-Authenticate` value (OIDC Core 5.3.3).
 *
 * @param wantsProof the token is bound to a DPoP key, or came with a proof.
 */
export function refusedUserinfo({ service }: EngineContext, code: UserinfoRefusalCode, wantsProof = false) {
  const [action, error, text] = userinfoRefusals[code];
  const demandedScopes = ["openid"];
  return {
    ...result(code, text),
    action,
    responseContent: challenge(service, { code, error, text, demandedScopes, wantsProof }),
  };
}
