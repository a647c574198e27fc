import { CompactEncrypt } from "jose";
import type { Client } from "../../authlete/client.ts";
import { type JweAlg, jweAlgSchema } from "../../authlete/enumerations.ts";
import type { EngineContext } from "../context.ts";
import { clientKeys, type NoKeySet } from "./client-keys.ts";
import { jweAlgorithm, jweEncryption } from "./jwe-algorithm.ts";
import type { EncryptionKey } from "./key-set.ts";
import { secretEncryptionKey } from "./secret-key.ts";

/** What is to be encrypted for a client, and how. */
export type Encryption = {
  /** The text: a signed JWT, or JSON. */
  text: string;
  /** The registered algorithms by their names in the API. Without `enc` it is A128CBC-HS256 (OIDC Registration 2). */
  alg: unknown;
  enc: unknown;
  /** `cty` of the header: `JWT` when the text is one (RFC 7519 5.2). */
  contentType?: string;
};

/**
 * Why nothing was encrypted: an algorithm is not supported; the client's keys cannot be had, none of them fits, or several
 * do; the client has no secret of its own; the key does not work.
 */
export type EncryptionFailure =
  | "algorithm"
  | NoKeySet
  | "no_key"
  | "several_keys"
  | "no_secret"
  | "unusable_key";

export type Encrypted =
  | { jwe: string; failure?: undefined }
  | { jwe?: undefined; failure: EncryptionFailure };

/** Encrypts a text so that only a client can read it (OIDC Core 10.2). */
export async function encryptForClient(
  context: EngineContext,
  client: Client,
  { text, alg, enc, contentType }: Encryption,
): Promise<Encrypted> {
  const algorithm = jweAlgorithm(alg);
  const encryption = jweEncryption(enc ?? "A128CBC_HS256");
  if (!algorithm || !encryption) return { failure: "algorithm" };
  const key =
    algorithm.with === "key pair"
      ? await publicKeyOf(context, client, jweAlgSchema.parse(alg))
      : secretEncryptionKey(client, algorithm, encryption);
  if (typeof key === "string") return { failure: key };
  try {
    const jwe = await new CompactEncrypt(Buffer.from(text))
      .setProtectedHeader({
        alg: algorithm.alg,
        enc: encryption.enc,
        ...(key.kid === undefined ? {} : { kid: key.kid }),
        ...(contentType === undefined ? {} : { cty: contentType }),
      })
      .encrypt(key.key);
    return { jwe };
  } catch {
    return { failure: "unusable_key" };
  }
}

/** The client has to have one key for the algorithm: nobody can tell which of several it would decrypt with. */
async function publicKeyOf(
  context: EngineContext,
  client: Client,
  alg: JweAlg,
): Promise<EncryptionKey | EncryptionFailure> {
  const keys = await clientKeys(context, client);
  if (typeof keys === "string") return keys;
  const [key, ...others] = keys.encryptionKeys({ alg, kid: undefined });
  if (!key) return "no_key";
  return others.length > 0 ? "several_keys" : key;
}
