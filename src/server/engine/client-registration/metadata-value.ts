import { jweAlgorithm, jweAlgorithmNamed, jweEncryption, jweEncryptionNamed } from "../jose/jwe-algorithm.ts";
import { isJsonObject } from "../json-object.ts";
import { refuse } from "../refusal.ts";
import type { MetadataKind } from "./metadata-names.ts";

type Conversion = { read: (value: unknown) => unknown; write: (value: unknown) => unknown };

const same = (value: unknown) => value;

/** How a kind of metadata becomes a member of a client, and the other way. `undefined` from `read`: not of this kind. */
const conversions: Record<MetadataKind, Conversion> = {
  text: { read: (value) => (typeof value === "string" ? value : undefined), write: same },
  texts: { read: (value) => (isTexts(value) ? value : undefined), write: same },
  boolean: { read: (value) => (typeof value === "boolean" ? value : undefined), write: same },
  seconds: { read: (value) => (Number.isSafeInteger(value) ? value : undefined), write: same },
  json: {
    read: (value) => (isJsonObject(value) ? JSON.stringify(value) : undefined),
    write: (value) => JSON.parse(String(value)),
  },
  "lower-case": {
    read: (value) => (isLowerCase(value) ? value.toUpperCase() : undefined),
    write: (value) => String(value).toLowerCase(),
  },
  algorithm: { read: readAlgorithm, write: (value) => (value === "NONE" ? "none" : value) },
  encryption: {
    read: (value) => jweAlgorithmNamed(value) ?? jweEncryptionNamed(value),
    write: (value) => jweAlgorithm(value)?.alg ?? jweEncryption(value)?.enc,
  },
};

/** The member of a client that a value of the metadata becomes. */
export function readMetadataValue(kind: MetadataKind, value: unknown): unknown {
  return conversions[kind].read(value) ?? refuse("A900306");
}

/** The value of the metadata that a member of a client is written as. */
export function writeMetadataValue(kind: MetadataKind, value: unknown): unknown {
  return conversions[kind].write(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function isLowerCase(value: unknown): value is string {
  return typeof value === "string" && value === value.toLowerCase();
}

/** The names are those of JOSE, but for the algorithm that is none. */
function readAlgorithm(value: unknown): string | undefined {
  if (value === "none") return "NONE";
  return typeof value === "string" && value !== "NONE" ? value : undefined;
}
