import type { EngineContext } from "../../context.ts";
import { givenSeconds } from "../../given.ts";
import { encryptForClient } from "../../jose/encrypt.ts";
import { signForClient } from "../../jose/sign.ts";
import { refuse } from "../../refusal.ts";
import type { ResponseChannel } from "./channel.ts";
import type { ResponseParameters } from "./redirect.ts";

/** Enough for a browser to be redirected (JARM 2.1). */
const LIFETIME_SECONDS = 600;

/**
 * An authorization response as a JWT (JARM 2.1): signed with the algorithm that the client has registered and, where it has
 * registered that, encrypted.
 *
 * @throws Refusal A012201 when it cannot be made.
 */
export async function responseJwt(
  context: EngineContext,
  { client, clientIdAliasUsed }: ResponseChannel,
  parameters: ResponseParameters,
): Promise<string> {
  const { service, now } = context;
  const lifetime = givenSeconds(service.authorizationResponseDuration) ?? LIFETIME_SECONDS;
  const payload = {
    iss: service.issuer,
    aud: (clientIdAliasUsed && client.clientIdAlias) || String(client.clientId),
    exp: Math.floor(now / 1000) + lifetime,
    ...Object.fromEntries(parameters),
  };
  const { authorizationSignAlg: alg, authorizationEncryptionAlg, authorizationEncryptionEnc } = client;
  const signed = signForClient(context, client, { alg, keyId: service.authorizationSignatureKeyId, payload });
  if (signed.jwt === undefined) return refuse("A012201");
  if (!authorizationEncryptionAlg) return signed.jwt;
  const encrypted = await encryptForClient(context, client, {
    text: signed.jwt,
    alg: authorizationEncryptionAlg,
    enc: authorizationEncryptionEnc,
    contentType: "JWT",
  });
  return encrypted.jwe ?? refuse("A012201");
}
