import type { Client } from "../../authlete/client.ts";
import { withOwnCodes } from "../client-request/own-codes.ts";
import type { EngineContext } from "../context.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import { mintGrantTokens } from "../grant/mint-grant-tokens.ts";
import { idTokenFor } from "../id-token/id-token.ts";
import { ownIdTokenCodes } from "../id-token/own-codes.ts";
import type { IssuedTokens } from "../token/token-answer.ts";
import type { BackchannelGrant } from "./backchannel-grant.ts";

/** What is to be pushed to a client: tokens for a decision, and the request that they answer. */
export type Push = {
  client: Client;
  grant: BackchannelGrant;
  authReqId: string;
  authorized: AuthorizedGrant;
  /** The value that the caller chose for the access token. */
  accessToken: unknown;
};

/** Makes the tokens that are pushed (CIBA Core 10.3.1). Nothing is stored. */
export function mintPushedTokens(context: EngineContext, push: Push): Promise<IssuedTokens> {
  return withOwnCodes(ownIdTokenCodes({ unsigned: "A197301", other: "A197101" }), async () => {
    const { client, grant, authorized } = push;
    const minted = await mintGrantTokens(context, {
      client,
      grant: authorized,
      grantType: "CIBA",
      binding: { confirmation: grant.confirmation, refreshTokenJkt: undefined },
      wishes: { accessToken: push.accessToken },
      jwtFailure: "A196205",
    });
    return { ...minted, idToken: await idTokenOf(context, push, minted) };
  });
}

/** The ID token vouches for everything that comes with it: the client has not asked for it at an endpoint that it knows. */
async function idTokenOf(
  context: EngineContext,
  { client, authorized, authReqId }: Push,
  { accessToken, jwtAccessToken, refreshToken }: IssuedTokens,
): Promise<string | undefined> {
  if (!authorized.scopes.includes("openid")) return undefined;
  return idTokenFor(context, {
    client,
    grant: authorized,
    besideAccessToken: true,
    claimsAsGiven: true,
    vouchesFor: { accessToken: jwtAccessToken ?? accessToken, refreshToken },
    authReqId,
  });
}
