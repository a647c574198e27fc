import { type JwsAlg, jweAlgSchema, jweEncSchema } from "../../../authlete/enumerations.ts";
import type { Service } from "../../../authlete/service.ts";
import { fapiAlgorithms, isBeyondBaseline } from "../../client-authentication/fapi-mode.ts";
import { hmacAlgorithms } from "../../jose/hmac.ts";
import { jweAlgorithm, jweEncryption } from "../../jose/jwe-algorithm.ts";
import { type Jwk, readJwks } from "../../jose/jwk.ts";
import { asymmetricAlgorithms, jwsAlgorithm } from "../../jose/jws-algorithm.ts";

/** Algorithms that keys of clients may sign with. */
export function clientSignatureAlgorithms({ fapiModes = [] }: Service): readonly JwsAlg[] {
  return isBeyondBaseline(fapiModes) ? fapiAlgorithms : asymmetricAlgorithms;
}

/** Algorithms that a client secret may sign with. */
export const secretAlgorithms: readonly JwsAlg[] = hmacAlgorithms;

/** Names of the JWE algorithms and content encryptions as they stand in JOSE headers. */
export const encryptionAlgorithms = jweAlgSchema.options.flatMap((name) => jweAlgorithm(name)?.alg ?? []);
export const contentEncryptions = jweEncSchema.options.flatMap((name) => jweEncryption(name)?.enc ?? []);

/** Algorithms that the service has a private key for. */
export function serviceSignatureAlgorithms(service: Service): JwsAlg[] {
  const keys = readJwks(service.jwks).filter((key) => key.d !== undefined && (key.use ?? "sig") === "sig");
  return asymmetricAlgorithms.filter((alg) => keys.some((key) => canSign(key, alg)));
}

/** Those, and the ones that need only the secret of the client. */
export function tokenSignatureAlgorithms(service: Service): JwsAlg[] {
  return [...secretAlgorithms, ...serviceSignatureAlgorithms(service)];
}

function canSign(key: Jwk, alg: JwsAlg): boolean {
  const algorithm = jwsAlgorithm(alg);
  if (!algorithm || algorithm.kty !== key.kty || (key.alg ?? alg) !== alg) return false;
  return !algorithm.crv || algorithm.crv.includes(key.crv ?? "");
}
