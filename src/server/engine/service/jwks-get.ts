import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { type Jwk, readJwks } from "../jose/jwk.ts";
import { publicJwk } from "../jose/public-jwk.ts";
import { onceForService } from "../once-for-service.ts";

/** `service/jwks/get`: the service's keys, without their private parts unless they are asked for. */
export async function getServiceJwks(
  { service }: EngineContext,
  request: Partial<Request<"service/jwks/get">>,
): Promise<Response<"service/jwks/get">> {
  return request.includePrivateKeys === true ? keySet(readJwks(service.jwks)) : publicKeySet(service);
}

const publicKeySet = onceForService(({ jwks }) => keySet(readJwks(jwks).filter(isAsymmetric).map(publicJwk)));

function keySet(keys: readonly Jwk[]): Response<"service/jwks/get"> {
  return { keys: keys.map((key) => ({ ...key, kty: key.kty as string })) };
}

/** A symmetric key has no public part. */
function isAsymmetric(key: Jwk): boolean {
  return key.kty === "RSA" || key.kty === "EC" || key.kty === "OKP";
}
