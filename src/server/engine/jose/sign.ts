import type { Client } from "../../authlete/client.ts";
import { jwsAlgSchema } from "../../authlete/enumerations.ts";
import type { EngineContext } from "../context.ts";
import { type HmacAlg, isHmac, isLongEnough, signHmac } from "./hmac.ts";
import { signCompact } from "./jws-algorithm.ts";

/** What is to be signed, and how. */
export type Signing = {
  /** The algorithm by its name in the API: a registered one, or the default of the kind of JWT. */
  alg: unknown;
  /** A setting of the service like `idTokenSignatureKeyId`: which of its keys, where several fit. */
  keyId?: string | null | undefined;
  /** `typ` of the header; none is written unless given. */
  typ?: string;
  /** Members for the header that replace none of the engine's own. */
  headerParameters?: Record<string, unknown> | undefined;
  payload: Record<string, unknown>;
};

/**
 * Why nothing was signed: the algorithm is none, or unknown; the service has no key for it, or several; the client has no secret, or one
 * that is too short for the algorithm; the JWT has to name its issuer, and the service has none; the payload cannot be written as JSON.
 */
export type SigningFailure =
  | "no_algorithm"
  | "unknown_algorithm"
  | "no_key"
  | "several_keys"
  | "no_secret"
  | "short_secret"
  | "no_issuer"
  | "payload";

export type Signed = { jwt: string; failure?: undefined } | { jwt?: undefined; failure: SigningFailure };

/**
 * Signs a JWT for a client (OIDC Core 10.1): with a key of the service or, where the algorithm is symmetric, with the client's secret.
 * Nothing is ever left unsigned here.
 */
export function signForClient(context: EngineContext, client: Client, signing: Signing): Signed {
  return isHmac(signing.alg) ? signWithSecret(client, signing, signing.alg) : signForAll(context, signing);
}

/** Signs a JWT with a key of the service, so that everybody can verify it. */
export function signForAll({ keys, service }: EngineContext, signing: Signing): Signed {
  if (signing.alg === "NONE" || !signing.alg) return { failure: "no_algorithm" };
  const alg = jwsAlgSchema.safeParse(signing.alg);
  if (!alg.success) return { failure: "unknown_algorithm" };
  const chosen = keys.privateKey(service, { alg: alg.data, kid: signing.keyId || undefined });
  if (chosen === "missing") return { failure: "no_key" };
  if (chosen === "ambiguous") return { failure: "several_keys" };
  if (lacksIssuer(signing)) return { failure: "no_issuer" };
  const input = signingInput(signing, chosen.kid);
  if (input === undefined) return { failure: "payload" };
  return { jwt: signCompact(input, chosen.algorithm, chosen.key) };
}

/** Everybody has the source of a public client, and so its secret. */
function signWithSecret({ clientType, clientSecret }: Client, signing: Signing, alg: HmacAlg): Signed {
  if (clientType === "PUBLIC" || !clientSecret) return { failure: "no_secret" };
  if (!isLongEnough(clientSecret, alg)) return { failure: "short_secret" };
  if (lacksIssuer(signing)) return { failure: "no_issuer" };
  const input = signingInput(signing, undefined);
  return input === undefined ? { failure: "payload" } : { jwt: signHmac(input, alg, clientSecret) };
}

/** A service may be without an issuer, but whoever reads a JWT that should name one must not take it for anybody's. */
function lacksIssuer({ payload }: Signing): boolean {
  return "iss" in payload && !payload.iss;
}

function signingInput(
  { alg, typ, headerParameters, payload }: Signing,
  kid: string | undefined,
): string | undefined {
  const header = {
    ...headerParameters,
    alg,
    ...(typ === undefined ? {} : { typ }),
    ...(kid === undefined ? {} : { kid }),
  };
  try {
    return `${encoded(header)}.${encoded(payload)}`;
  } catch {
    return undefined;
  }
}

function encoded(value: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
