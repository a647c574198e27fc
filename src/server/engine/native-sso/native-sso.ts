import type { Request, Response } from "../../authlete/operations.ts";
import { hashOf } from "../../secret/hash.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { type FoundTokens, findIssuedTokens } from "../id-token/issued-tokens.ts";
import { laterIdToken, readLaterIdToken } from "../id-token/later-id-token.ts";
import { refuse, result } from "../refusal.ts";
import { tokenBody } from "../token/token-answer.ts";

type Call = Partial<Request<"nativesso">>;

/**
 * `nativesso`: the ID token that ties tokens to a session and to a device secret, and the token response with all of them (OpenID
 * Connect Native SSO for Mobile Apps 1.0, 3). The caller has made sure that session and secret are good.
 */
export async function nativeSso(context: EngineContext, request: Call): Promise<Response<"nativesso">> {
  const found = await findIssuedTokens(context, request, {
    missing: "A901212",
    unknown: "A901213",
    expired: "A901214",
    foreignRefreshToken: "A901217",
    noSubject: "A901215",
    noClient: "A901218",
  });
  const { row } = found.issued;
  if (!context.service.nativeSsoSupported || row.sessionId === undefined) refuse("A901215");
  const { deviceSecret, deviceSecretHash } = readDeviceSecret(request);
  const idToken = await idTokenOf(context, found, { request, deviceSecretHash });
  const isExchanged = row.grantType === "TOKEN_EXCHANGE";
  return {
    ...result("A501001", "The ID token of Native SSO was issued."),
    action: "OK",
    responseContent: tokenBody(
      context,
      { ...found.issued, idToken },
      {
        ...(deviceSecret === undefined ? {} : { device_secret: deviceSecret }),
        ...(isExchanged ? { issued_token_type: "urn:ietf:params:oauth:token-type:access_token" } : {}),
      },
    ),
    idToken,
  };
}

/** How `ds_hash` comes from the secret is for the caller to settle. Unless it says, it is SHA-256. */
function readDeviceSecret(request: Call): { deviceSecret: string | undefined; deviceSecretHash: string } {
  const deviceSecret = givenNonEmptyText(request.deviceSecret);
  const deviceSecretHash = givenNonEmptyText(request.deviceSecretHash);
  if (deviceSecretHash !== undefined) return { deviceSecret, deviceSecretHash };
  return { deviceSecret, deviceSecretHash: hashOf(deviceSecret ?? refuse("A901216")) };
}

/** The first ID token answers the authorization request, so it repeats its nonce (OIDC Core 3.1.3.7). */
function idTokenOf(
  context: EngineContext,
  found: FoundTokens,
  { request, deviceSecretHash }: { request: Call; deviceSecretHash: string },
): Promise<string> {
  const { nonce, state } = found.issued.row.details.nativeSso ?? {};
  const grant = readLaterIdToken(found, request, { claims: "A901219", headerParameters: "A901220" });
  return laterIdToken(context, found, {
    idToken: { ...grant, ...(nonce === undefined ? {} : { nonce }) },
    vouchesFor: { state },
    deviceSecretHash,
  });
}
