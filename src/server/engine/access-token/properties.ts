import type { Property } from "../../authlete/members.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

/** Names of the token response that a property would clash with. Such properties are ignored. */
const reservedKeys: ReadonlySet<string> = new Set([
  "access_token",
  "token_type",
  "expires_in",
  "refresh_token",
  "scope",
  "error",
  "error_description",
  "error_uri",
  "id_token",
]);

const SIZE_LIMIT = 65_535;
const BLOCK = 16;

/** The extra properties of a call: usable entries only, and of a repeated key the last one. */
export function readProperties(value: unknown): Property[] {
  if (!Array.isArray(value) || value.length === 0) return [];
  const properties = new Map<string, Property>();
  for (const entry of value as unknown[]) {
    const property = readProperty(entry);
    if (property) properties.set(property.key, property);
  }
  return [...properties.values()];
}

function readProperty(entry: unknown): (Property & { key: string }) | undefined {
  if (typeof entry !== "object" || entry === null) return undefined;
  const { key, value, hidden } = entry as Record<string, unknown>;
  if (typeof key !== "string" || key === "" || reservedKeys.has(key)) return undefined;
  return { key, ...(typeof value === "string" ? { value } : {}), hidden: hidden === true };
}

/** Adds the properties of a later call to those of a token; a key of both takes the later value. */
export function mergedProperties(stored: readonly Property[], added: readonly Property[]): Property[] {
  return added.length === 0 ? [...stored] : readProperties([...stored, ...added]);
}

/**
 * Refuses properties that are too big. The limit of 65,535 bytes is for their encrypted form: rows of key and value as
 * JSON, padded to whole AES blocks, in base64url.
 */
export function checkPropertiesSize(properties: readonly Property[], code: RefusalCode): void {
  if (properties.length === 0) return;
  const json = JSON.stringify(properties.map(({ key, value }) => [key, value ?? null]));
  const encrypted = (Math.floor(Buffer.byteLength(json) / BLOCK) + 1) * BLOCK;
  if (Math.ceil((encrypted * 4) / 3) > SIZE_LIMIT) refuse(code);
}

/** What a client application may see: keys and values of the properties that are not hidden. */
export function* visibleProperties(properties: readonly Property[]): Generator<[string, string]> {
  for (const { key, value, hidden } of properties) {
    if (!hidden && key !== undefined && value !== undefined) yield [key, value];
  }
}
