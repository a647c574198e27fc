import type { Client } from "../../authlete/client.ts";
import type { Request } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { type EncryptionFailure, encryptForClient } from "../jose/encrypt.ts";
import { type SigningFailure, signForClient } from "../jose/sign.ts";
import { readJsonObject } from "../json-object.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

type Call = Partial<Request<"auth/introspection/standard">>;

const signingCodes: Record<SigningFailure, RefusalCode> = {
  no_algorithm: "A902202",
  unknown_algorithm: "A902202",
  no_key: "A902203",
  several_keys: "A902203",
  no_secret: "A902204",
  short_secret: "A902204",
  no_issuer: "A902210",
  payload: "A902207",
};

const encryptionCodes: Record<EncryptionFailure, RefusalCode> = {
  algorithm: "A902205",
  not_registered: "A902206",
  unavailable: "A902206",
  no_key: "A902206",
  several_keys: "A902206",
  no_secret: "A902206",
  unusable_key: "A902206",
};

/** The introspection answer as a JWT for one resource server, signed and, if the call says so, encrypted (RFC 9701 5). */
export async function introspectionJwt(
  context: EngineContext,
  request: Call,
  { rsUri, introspection }: { rsUri: string; introspection: Record<string, unknown> },
): Promise<string> {
  const { service, now } = context;
  const signed = signForClient(context, signingParty(request), {
    alg: givenNonEmptyText(request.introspectionSignAlg) ?? "RS256",
    keyId: service.introspectionSignatureKeyId,
    typ: "token-introspection+jwt",
    payload: {
      iss: service.issuer,
      aud: rsUri,
      iat: Math.floor(now / 1000),
      token_introspection: introspection,
    },
  });
  if (signed.failure) return refuse(signingCodes[signed.failure]);
  const alg = givenNonEmptyText(request.introspectionEncryptionAlg);
  return alg === undefined ? signed.jwt : encrypted(context, request, { jwt: signed.jwt, alg });
}

async function encrypted(
  context: EngineContext,
  request: Call,
  { jwt, alg }: { jwt: string; alg: string },
): Promise<string> {
  const enc = givenNonEmptyText(request.introspectionEncryptionEnc);
  const encryption = { text: jwt, alg, enc, contentType: "JWT" };
  const { jwe, failure } = await encryptForClient(context, encryptingParty(request), encryption);
  return failure ? refuse(encryptionCodes[failure]) : jwe;
}

/** A resource server is here what a client is elsewhere: somebody with a secret. */
function signingParty({ sharedKeyForSign }: Call): Client {
  return { clientSecret: givenNonEmptyText(sharedKeyForSign) };
}

/** Somebody with a secret or with one public key. */
function encryptingParty({ sharedKeyForEncryption, publicKeyForEncryption }: Call): Client {
  const jwk = readJsonObject(givenNonEmptyText(publicKeyForEncryption) ?? "");
  return {
    clientSecret: givenNonEmptyText(sharedKeyForEncryption),
    ...(jwk ? { jwks: JSON.stringify({ keys: [jwk] }) } : {}),
  };
}
