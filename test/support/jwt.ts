import { createPrivateKey, type KeyObject } from "node:crypto";
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";

/** Algorithms that the tests make keys for. */
export type Alg = "RS256" | "PS256" | "ES256" | "ES384" | "EdDSA";

/** A key pair of somebody else: the client's, the attacker's. */
export type Keys = { alg: Alg; jwk: JWK; privateJwk: JWK; jkt: string; privateKey: KeyObject };

/** Makes a key pair. */
export async function makeKeys(alg: Alg = "ES256", kid?: string): Promise<Keys> {
  const pair = await generateKeyPair(alg, { extractable: true });
  const named = kid === undefined ? {} : { kid };
  const jwk = { ...(await exportJWK(pair.publicKey)), ...named };
  const privateJwk = { ...(await exportJWK(pair.privateKey)), ...named };
  const privateKey = createPrivateKey({ key: privateJwk, format: "jwk" });
  return { alg, jwk, privateJwk, jkt: await calculateJwkThumbprint(jwk), privateKey };
}

type Json = Record<string, unknown>;

/** Signs a JWT as any client would, with a library that is not ours. */
export function signJwt(
  key: KeyObject | Uint8Array,
  { header, payload }: { header: Json & { alg: string }; payload: Json | string },
): Promise<string> {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  return new CompactSign(Buffer.from(text)).setProtectedHeader(header).sign(key);
}

/** A compact JWS of any parts, signed with nothing. */
export function unsigned(header: unknown, payload: unknown, signature = ""): string {
  return `${encoded(header)}.${encoded(payload)}.${signature}`;
}

/** A part of a compact JWS. */
export function encoded(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
}

/** The text of a JWK Set. */
export function jwkSet(...keys: object[]): string {
  return JSON.stringify({ keys });
}
