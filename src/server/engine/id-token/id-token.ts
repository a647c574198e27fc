import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import { idTokenClaims } from "./claims.ts";
import { protectIdToken } from "./protection.ts";

/** What an ID token is about and what it goes out with. */
export type IdTokenRequest = {
  client: Client;
  grant: Pick<
    AuthorizedGrant,
    "subject" | "scopes" | "clientIdAliasUsed" | "acr" | "authTime" | "sessionId" | "idToken"
  >;
  /** Whether the client gets an access token too, in the same response or for the code that is in it. */
  besideAccessToken: boolean;
  /** The flow has no way to ask for claims: `grant.idToken.claims` are additions of the caller and all go in. */
  claimsAsGiven?: boolean;
  /** For `at_hash`, `c_hash`, `s_hash` and, in the push mode of CIBA, `rt_hash`: the values as the client sees them. */
  vouchesFor?: VouchedFor;
  /** For `ds_hash` (OpenID Connect Native SSO). */
  deviceSecretHash?: string | undefined;
  /** For the claim `urn:openid:params:jwt:claim:auth_req_id` (CIBA Core 10.3.1). */
  authReqId?: string | undefined;
};

/** Values that an ID token vouches for with a hash. */
export type VouchedFor = {
  accessToken?: string | undefined;
  code?: string | undefined;
  state?: string | undefined;
  refreshToken?: string | undefined;
};

/**
 * Makes an ID token (OIDC Core 2), signed and, where the client is registered for that, encrypted. Nothing is stored.
 *
 * @returns its compact serialization.
 * @throws Refusal (A046xxx, A406301) when settings of the service or of the client do not allow to make one.
 */
export async function idTokenFor(context: EngineContext, request: IdTokenRequest): Promise<string> {
  return protectIdToken(context, request.client, {
    payload: idTokenClaims(context, request),
    headerParameters: request.grant.idToken?.headerParameters,
  });
}
