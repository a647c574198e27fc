import { compactDecrypt } from "jose";
import type { Client } from "../../authlete/client.ts";
import type { JweAlg, JweEnc } from "../../authlete/enumerations.ts";
import type { EngineContext } from "../context.ts";
import { readCompactJwe } from "./compact.ts";
import { jweAlgorithm, jweAlgorithmNamed, jweEncryption, jweEncryptionNamed } from "./jwe-algorithm.ts";
import { secretEncryptionKey } from "./secret-key.ts";

/** Rounds of key derivation that a password-based JWE may demand (`p2c`). */
const MOST_ROUNDS = 10_000;

/** Keys that are tried at most when the JWE does not name one. */
const MOST_KEYS = 4;

/**
 * Why a JWE was not decrypted: it is none; its header lacks an algorithm; an algorithm is not supported, or not the one
 * that was demanded; there is no key or secret for it; it does not open.
 */
export type DecryptionFailure =
  | "malformed"
  | "no_alg"
  | "no_enc"
  | "algorithm"
  | "encryption"
  | "alg_mismatch"
  | "enc_mismatch"
  | "no_key"
  | "no_secret"
  | "undecryptable";

export type Decrypted =
  | { text: string; failure?: undefined }
  | { text?: undefined; failure: DecryptionFailure };

/** What a client has promised to encrypt with, by the names in the API; `undefined` where anything will do. */
export type Demanded = { alg?: unknown; enc?: unknown };

/**
 * Decrypts a JWE that a client made for the service (RFC 9101 6.1): with a private key of the service, or with the client's
 * secret. Compressed content is refused.
 */
export async function decryptFromClient(
  context: EngineContext,
  client: Client,
  { jwe, demanded = {} }: { jwe: string; demanded?: Demanded },
): Promise<Decrypted> {
  const header = readCompactJwe(jwe)?.header;
  if (!header) return { failure: "malformed" };
  const algorithms = readAlgorithms(header, demanded);
  if ("failure" in algorithms) return algorithms;
  const keys = keysFor(context, client, { ...algorithms, kid: header.kid });
  if (typeof keys === "string") return { failure: keys };
  for (const key of keys) {
    const text = await opened(jwe, key, header);
    if (text !== undefined) return { text };
  }
  return { failure: "undecryptable" };
}

function readAlgorithms(
  header: Record<string, unknown>,
  demanded: Demanded,
): { alg: JweAlg; enc: JweEnc } | { failure: DecryptionFailure } {
  if (header.alg === undefined) return { failure: "no_alg" };
  if (header.enc === undefined) return { failure: "no_enc" };
  const alg = jweAlgorithmNamed(header.alg);
  const enc = jweEncryptionNamed(header.enc);
  if (demanded.alg && demanded.alg !== alg) return { failure: "alg_mismatch" };
  if (demanded.enc && demanded.enc !== enc) return { failure: "enc_mismatch" };
  if (!alg) return { failure: "algorithm" };
  return enc ? { alg, enc } : { failure: "encryption" };
}

type Key = Parameters<typeof compactDecrypt>[1];

function keysFor(
  { keys, service }: EngineContext,
  client: Client,
  { alg, enc, kid }: { alg: JweAlg; enc: JweEnc; kid: unknown },
): Key[] | DecryptionFailure {
  const algorithm = jweAlgorithm(alg);
  const encryption = jweEncryption(enc);
  if (!algorithm || !encryption) return "algorithm";
  if (algorithm.with !== "key pair") {
    const secret = secretEncryptionKey(client, algorithm, encryption);
    return typeof secret === "string" ? secret : [secret.key];
  }
  const named = typeof kid === "string" ? kid : undefined;
  const suitable = keys.of(service.jwks).decryptionKeys({ alg, kid: named });
  return suitable.length > 0 ? suitable.slice(0, MOST_KEYS).map(({ key }) => key) : "no_key";
}

async function opened(
  jwe: string,
  key: Key,
  { alg, enc }: Record<string, unknown>,
): Promise<string | undefined> {
  try {
    const { plaintext } = await compactDecrypt(jwe, key, {
      keyManagementAlgorithms: [String(alg)],
      contentEncryptionAlgorithms: [String(enc)],
      maxPBES2Count: MOST_ROUNDS,
      maxDecompressedLength: 0,
    });
    return Buffer.from(plaintext).toString();
  } catch {
    return undefined;
  }
}
