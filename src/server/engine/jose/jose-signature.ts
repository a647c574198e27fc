import { jwsAlgSchema } from "../../authlete/enumerations.ts";
import { lookUpClient, type StoredClient } from "../client/find-client.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import type { CompactJws } from "./compact.ts";
import { hmacAlgorithms, isHmac } from "./hmac.ts";
import type { JoseDefectCode } from "./jose-defects.ts";
import { asymmetricAlgorithms, jwsAlgorithm, verifySignature } from "./jws-algorithm.ts";
import { type SignatureDefect, verifyClientJws } from "./verify.ts";

/** Who has signed, as the call says it. */
export type SignedBy = { clientIdentifier?: unknown; signedByClient?: unknown };

const codes: Record<SignatureDefect, JoseDefectCode> = {
  algorithm: "A160211",
  not_registered: "A160301",
  unavailable: "A160108",
  no_key: "A160221",
  no_secret: "A160217",
  signature: "A160219",
};

/**
 * Verifies a signature with the keys of the service or, where a client has signed or the algorithm is symmetric, with the keys or the secret
 * of that client.
 *
 * @returns what is wrong, or `undefined`.
 */
export async function signatureDefect(
  context: EngineContext,
  jws: CompactJws,
  signedBy: SignedBy,
): Promise<JoseDefectCode | undefined> {
  const { alg } = jws.header;
  if (typeof alg !== "string") return "A160210";
  const isClients = signedBy.signedByClient === true;
  if (!isClients && !isHmac(alg)) return serviceDefect(context, jws, alg);
  const client = await signingClient(context, jws, signedBy);
  if (typeof client === "string") return client;
  const algorithms = isClients ? [...hmacAlgorithms, ...asymmetricAlgorithms] : hmacAlgorithms;
  const defect = await verifyClientJws(context, client, { jws, algorithms });
  return defect && codes[defect];
}

function serviceDefect(
  { keys, service }: EngineContext,
  jws: CompactJws,
  name: string,
): JoseDefectCode | undefined {
  const alg = jwsAlgSchema.safeParse(name);
  const algorithm = jwsAlgorithm(name);
  if (!alg.success || !algorithm) return "A160211";
  if (keys.of(service.jwks).keys.length === 0) return "A160218";
  const candidates = keys.verificationKeys(service, { alg: alg.data, kid: kidOf(jws) });
  if (candidates.length === 0) return "A160221";
  return candidates.some((key) => verifySignature(jws, algorithm, key)) ? undefined : "A160219";
}

function kidOf({ header: { kid } }: CompactJws): string | undefined {
  return typeof kid === "string" ? kid : undefined;
}

/** The client that the call names or, where it says only that one has signed, the issuer. */
async function signingClient(
  context: EngineContext,
  { payload }: CompactJws,
  { clientIdentifier, signedByClient }: SignedBy,
): Promise<StoredClient | JoseDefectCode> {
  const named = givenNonEmptyText(clientIdentifier);
  const issuer = signedByClient === true ? payload?.iss : undefined;
  if (named === undefined && issuer !== undefined && typeof issuer !== "string") return "A160214";
  const identifier = named ?? issuer;
  if (identifier === undefined) return "A160215";
  const client = await lookUpClient(context, identifier);
  return client && !client.locked ? client : "A160216";
}
