import { registeredAlgorithm } from "./edwards.ts";

/** A JWS in compact serialization (RFC 7515 3.1), read but not verified. */
export type CompactJws = {
  header: Record<string, unknown>;
  /** The payload as JSON object; `undefined` when it is something else. */
  payload: Record<string, unknown> | undefined;
  /** What the signature is made over. */
  signingInput: string;
  /** In base64url; empty for `alg` none. */
  signature: string;
};

const JWS = /^[\w-]+\.[\w-]*\.[\w-]*$/;
const JWE = /^[\w-]+\.[\w-]*\.[\w-]*\.[\w-]*\.[\w-]*$/;

/**
 * Reads a compact JWS, whatever it is signed with. Its `alg` is given as clients register it. Any text at all is read or not read; none makes it throw.
 *
 * @returns `undefined` for what is no compact JWS, and for one with critical extensions: none is understood (RFC 7515 4.1.11).
 */
export function readCompactJws(text: string): CompactJws | undefined {
  if (!JWS.test(text)) return undefined;
  const [encodedHeader = "", encodedPayload = "", signature = ""] = text.split(".");
  const header = readObject(encodedHeader);
  if (!header || header.crit !== undefined) return undefined;
  return {
    header: header.alg === undefined ? header : { ...header, alg: registeredAlgorithm(header.alg) },
    payload: readObject(encodedPayload),
    signingInput: `${encodedHeader}.${encodedPayload}`,
    signature,
  };
}

/** The header of a compact JWE (RFC 7516 3.1), or `undefined` when the text is none. */
export function readCompactJwe(text: string): { header: Record<string, unknown> } | undefined {
  if (!JWE.test(text)) return undefined;
  const header = readObject(text.slice(0, text.indexOf(".")));
  return header && header.crit === undefined ? { header } : undefined;
}

/** The JSON object in a base64url text, or `undefined`. */
export function readObject(encoded: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, "base64url").toString());
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
