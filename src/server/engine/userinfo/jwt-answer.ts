import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import { audience } from "../id-token/claims.ts";
import { type EncryptionFailure, encryptForClient } from "../jose/encrypt.ts";
import { type SigningFailure, signForClient } from "../jose/sign.ts";
import type { Admitted } from "./admission.ts";
import type { UserinfoRefusalCode } from "./refusals.ts";

type Outcome = { jwt: string; code?: undefined } | { jwt?: undefined; code: UserinfoRefusalCode };

const signingCodes: Record<SigningFailure, UserinfoRefusalCode> = {
  no_algorithm: "A164102",
  unknown_algorithm: "A164102",
  no_key: "A162203",
  several_keys: "A162204",
  no_secret: "A164201",
  short_secret: "A164201",
  no_issuer: "A902211",
  payload: "A164107",
};

const encryptionCodes: Record<EncryptionFailure, UserinfoRefusalCode> = {
  algorithm: "A164105",
  not_registered: "A163301",
  unavailable: "A163101",
  no_key: "A163305",
  several_keys: "A163307",
  no_secret: "A164301",
  unusable_key: "A164104",
};

/** Whether a client gets its claims as a JWT: it is registered for a signature or for encryption (OIDC Core 5.3.2). */
export function isWrittenAsJwt({ userInfoSignAlg, userInfoEncryptionAlg }: Client): boolean {
  return Boolean(userInfoSignAlg || userInfoEncryptionAlg);
}

/** The claims as a JWT: signed, encrypted, or first signed and then encrypted. */
export async function userinfoJwt(
  context: EngineContext,
  admitted: Admitted,
  claims: Record<string, unknown>,
): Promise<Outcome> {
  const { client } = admitted;
  const text = client.userInfoSignAlg ? signed(context, admitted, claims) : unsigned(claims);
  if (text.code || !client.userInfoEncryptionAlg) return text;
  const { jwe, failure } = await encryptForClient(context, client, {
    text: text.jwt,
    alg: client.userInfoEncryptionAlg,
    enc: client.userInfoEncryptionEnc || undefined,
    ...(client.userInfoSignAlg ? { contentType: "JWT" } : {}),
  });
  return failure ? { code: encryptionCodes[failure] } : { jwt: jwe };
}

/**
 * A signed answer says who made it and for whom, whatever the claims say. It has no `exp`: nobody can take it for an ID
 * token. A client that is registered for the algorithm `none` gets the unsecured JWT that it asked for; it trusts the
 * connection, as it would with JSON.
 */
function signed(
  context: EngineContext,
  { client, token }: Admitted,
  claims: Record<string, unknown>,
): Outcome {
  const { service, now } = context;
  const grant = { clientIdAliasUsed: token.clientIdAliasUsed, idToken: token.details.idToken };
  const { exp: _exp, ...others } = claims;
  const payload = {
    ...others,
    iss: service.issuer,
    aud: audience(service, client, grant),
    iat: Math.floor(now / 1000),
  };
  if (client.userInfoSignAlg === "NONE") return unsecured(payload);
  const { jwt, failure } = signForClient(context, client, {
    alg: client.userInfoSignAlg,
    keyId: service.userInfoSignatureKeyId,
    payload,
  });
  return failure ? { code: signingCodes[failure] } : { jwt };
}

/** RFC 7519 6.1. */
function unsecured(payload: Record<string, unknown>): Outcome {
  const header = Buffer.from('{"alg":"none"}').toString("base64url");
  const text = unsigned(payload);
  return text.code ? text : { jwt: `${header}.${Buffer.from(text.jwt).toString("base64url")}.` };
}

/** The bare claims, to be encrypted. What is nested too deep cannot be written. */
function unsigned(claims: Record<string, unknown>): Outcome {
  try {
    return { jwt: JSON.stringify(claims) };
  } catch {
    return { code: "A164107" };
  }
}
