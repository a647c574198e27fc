import { jweAlgorithm, jweAlgorithmNamed, jweEncryption, jweEncryptionNamed } from "../jose/jwe-algorithm.ts";
import { isJsonObject } from "../json-object.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import type { MetadataKind } from "./metadata-names.ts";

type Conversion = {
  /** The member of a client; `undefined` for a value that is not of this kind. */
  read: (value: unknown) => unknown;
  write: (value: unknown) => unknown;
  /** The refusal of what is not of this kind. */
  code: RefusalCode;
};

const same = (value: unknown) => value;

/** How a kind of metadata becomes a member of a client, and the other way. */
const conversions: Record<MetadataKind, Conversion> = {
  text: { read: (value) => (typeof value === "string" ? value : undefined), write: same, code: "A204308" },
  texts: { read: (value) => (isTexts(value) ? value : undefined), write: same, code: "A204306" },
  boolean: {
    read: (value) => (typeof value === "boolean" ? value : undefined),
    write: same,
    code: "A204310",
  },
  seconds: {
    read: (value) => (Number.isSafeInteger(value) ? value : undefined),
    write: same,
    code: "A204309",
  },
  json: {
    read: (value) => (isJsonObject(value) ? JSON.stringify(value) : undefined),
    write: (value) => JSON.parse(String(value)),
    code: "A204311",
  },
  "lower-case": {
    read: (value) => (isLowerCase(value) ? value.toUpperCase() : undefined),
    write: (value) => String(value).toLowerCase(),
    code: "A900306",
  },
  algorithm: {
    read: readAlgorithm,
    write: (value) => (value === "NONE" ? "none" : value),
    code: "A900306",
  },
  encryption: {
    read: (value) => jweAlgorithmNamed(value) ?? jweEncryptionNamed(value),
    write: (value) => jweAlgorithm(value)?.alg ?? jweEncryption(value)?.enc,
    code: "A900306",
  },
};

/** The member of a client that a value of the metadata becomes. */
export function readMetadataValue(kind: MetadataKind, value: unknown): unknown {
  const { read, code } = conversions[kind];
  return read(value) ?? refuse(code);
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
