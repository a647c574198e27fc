import type { Request, Response } from "../../authlete/operations.ts";
import { type Jwk, readJwks } from "../access-token/service-keys.ts";
import type { EngineContext } from "../context.ts";

/** Members of a JWK that may be shown to everybody (RFC 7517 4, RFC 7518 6, RFC 8037 2). */
const publicMembers = [
  "kty",
  "kid",
  "use",
  "key_ops",
  "alg",
  "n",
  "e",
  "crv",
  "x",
  "y",
  "x5u",
  "x5c",
  "x5t",
  "x5t#S256",
] as const;

/** `service/jwks/get`: the service's keys, without their private parts unless they are asked for. */
export async function getServiceJwks(
  { service }: EngineContext,
  request: Partial<Request<"service/jwks/get">>,
): Promise<Response<"service/jwks/get">> {
  const keys = readJwks(service.jwks);
  const shown = request.includePrivateKeys === true ? keys : keys.filter(isAsymmetric).map(publicPart);
  return { keys: shown.map((key) => ({ ...key, kty: key.kty as string })) };
}

/** A symmetric key has no public part. */
function isAsymmetric(key: Jwk): boolean {
  return key.kty === "RSA" || key.kty === "EC" || key.kty === "OKP";
}

function publicPart(key: Jwk): Jwk {
  return Object.fromEntries(
    publicMembers.filter((name) => key[name] !== undefined).map((name) => [name, key[name]]),
  );
}
