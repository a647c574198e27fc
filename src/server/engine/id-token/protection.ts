import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import { type EncryptionFailure, encryptForClient } from "../jose/encrypt.ts";
import { type SigningFailure, signForClient } from "../jose/sign.ts";
import { readJsonObject } from "../json-object.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

/** The algorithm that the ID tokens of a client are signed with, by its name in the API (OIDC Registration 2). */
export function idTokenSignAlg(client: Client): string {
  return client.idTokenSignAlg || "RS256";
}

const signingFailures: Record<SigningFailure, RefusalCode> = {
  no_algorithm: "A046301",
  unknown_algorithm: "A046102",
  no_key: "A046203",
  several_keys: "A046204",
  no_secret: "A406301",
  short_secret: "A046113",
  no_issuer: "A902209",
  payload: "A046101",
};

const encryptionFailures: Record<EncryptionFailure, RefusalCode> = {
  algorithm: "A046109",
  not_registered: "A046303",
  unavailable: "A046304",
  no_key: "A046309",
  several_keys: "A046311",
  no_secret: "A046313",
  unusable_key: "A046108",
};

/**
 * Signs the payload of an ID token and, where the client is registered for that, encrypts what is signed (OIDC Core 10).
 *
 * @param options.headerParameters JSON text of members for the header of the signature.
 */
export async function protectIdToken(
  context: EngineContext,
  client: Client,
  { payload, headerParameters }: { payload: Record<string, unknown>; headerParameters: string | undefined },
): Promise<string> {
  const { jwt, failure } = signForClient(context, client, {
    alg: idTokenSignAlg(client),
    keyId: context.service.idTokenSignatureKeyId,
    headerParameters: readHeaderParameters(headerParameters),
    payload,
  });
  if (jwt === undefined) return refuse(signingFailures[failure]);
  return client.idTokenEncryptionAlg ? encrypted(context, client, jwt) : jwt;
}

async function encrypted(context: EngineContext, client: Client, jwt: string): Promise<string> {
  const { jwe, failure } = await encryptForClient(context, client, {
    text: jwt,
    alg: client.idTokenEncryptionAlg,
    enc: client.idTokenEncryptionEnc,
    contentType: "JWT",
  });
  return jwe ?? refuse(encryptionFailures[failure]);
}

/** Nothing that a reader of the ID token would have to understand (RFC 7515 4.1.11, RFC 7797). */
function readHeaderParameters(text: string | undefined): Record<string, unknown> | undefined {
  const { crit: _crit, b64: _b64, ...parameters } = (text && readJsonObject(text)) || {};
  return parameters;
}
