import { type CompactJws, readCompactJwe, readCompactJws } from "./compact.ts";

/** A JWT that somebody presents as a grant or for exchange, read but not verified. */
export type PresentedJwt = CompactJws & {
  payload: Record<string, unknown>;
  /** Whether there is a signature at all: whose it is nobody has asked yet. */
  isSigned: boolean;
};

/** Reads a JWT that was presented (RFC 7519 7.2); what is encrypted for somebody else cannot be read. */
export function readPresentedJwt(text: string): PresentedJwt | "encrypted" | "malformed" {
  if (readCompactJwe(text)) return "encrypted";
  const jws = readCompactJws(text);
  if (!jws?.payload || typeof jws.header.alg !== "string") return "malformed";
  return { ...jws, payload: jws.payload, isSigned: jws.header.alg !== "none" && jws.signature !== "" };
}
