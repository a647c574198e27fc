import type { Client } from "../../authlete/client.ts";
import { jwsAlgSchema } from "../../authlete/enumerations.ts";
import type { EngineContext } from "../context.ts";
import type { CompactJws } from "../jose/compact.ts";
import { isHmac, verifyHmac } from "../jose/hmac.ts";
import { jwsAlgorithm, verifySignature } from "../jose/jws-algorithm.ts";

/** Whether a JWT was signed here for a client: with a key of the service, or with the client's secret (OIDC Core 10.1). */
export function isSignedHere({ keys, service }: EngineContext, client: Client, jws: CompactJws): boolean {
  const { alg, kid } = jws.header;
  if (isHmac(alg)) {
    const isConfidential = client.clientType !== "PUBLIC";
    return isConfidential && Boolean(client.clientSecret) && verifyHmac(jws, alg, client.clientSecret ?? "");
  }
  const named = jwsAlgSchema.safeParse(alg);
  const algorithm = jwsAlgorithm(alg);
  if (!named.success || !algorithm) return false;
  const choice = { alg: named.data, kid: typeof kid === "string" ? kid : undefined };
  return keys.verificationKeys(service, choice).some((key) => verifySignature(jws, algorithm, key));
}
