import type { Client } from "../../authlete/client.ts";
import { type JwsAlg, jwsAlgSchema } from "../../authlete/enumerations.ts";
import type { Service } from "../../authlete/service.ts";
import { hmacAlgorithms, isHmac } from "../jose/hmac.ts";
import { asymmetricAlgorithms } from "../jose/jws-algorithm.ts";
import { refuse } from "../refusal.ts";
import { fapiAlgorithms, fapiModes, isBeyondBaseline } from "./fapi-mode.ts";

/**
 * The algorithms that a client's assertion may be signed with: those of its method, or the one it registered
 * (`token_endpoint_auth_signing_alg`), and in a FAPI mode only those for key pairs that FAPI allows. Whether a method with a secret
 * is allowed there is another rule.
 *
 * @param alg the one in the header of the assertion.
 */
export function assertionAlgorithms(service: Service, client: Client, alg: unknown): readonly JwsAlg[] {
  const registered = registeredAlgorithms(client);
  const known = registered.find((name) => name === alg) ?? refuse("A157313");
  const isRestricted = !isHmac(known) && isBeyondBaseline(fapiModes(service, client));
  if (isRestricted && !fapiAlgorithms.includes(known)) refuse("A152302");
  return [known];
}

function registeredAlgorithms({ tokenAuthMethod, tokenAuthSignAlg }: Client): readonly JwsAlg[] {
  const isSecret = tokenAuthMethod === "CLIENT_SECRET_JWT";
  if (!tokenAuthSignAlg) return isSecret ? hmacAlgorithms : asymmetricAlgorithms;
  const registered = jwsAlgSchema.safeParse(tokenAuthSignAlg);
  if (!registered.success || registered.data === "NONE") return refuse("A157306");
  if (isSecret !== isHmac(registered.data)) refuse(isSecret ? "A157307" : "A157308");
  return [registered.data];
}
