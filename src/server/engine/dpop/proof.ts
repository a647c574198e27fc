import { hash } from "node:crypto";
import type { Client } from "../../authlete/client.ts";
import { fapiAlgorithms, fapiModes, isBeyondBaseline } from "../client-authentication/fapi-mode.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { readCompactJws } from "../jose/compact.ts";
import { asymmetricAlgorithms, verifySignature } from "../jose/jws-algorithm.ts";
import { spendJti } from "../used-jti.ts";
import { isLiveNonce, type NonceDemand, nonceIsRequired } from "./nonce.ts";
import { type ProofKey, readProofHeader } from "./proof-header.ts";
import { normalizedTarget } from "./target-uri.ts";

/**
 * What is wrong with a proof: it cannot be read, or does not prove what the request needs; its algorithm is not allowed, or
 * missing; its header has no public key; it lacks the nonce.
 */
export type ProofDefect = "malformed" | "algorithm" | "no_algorithm" | "no_key" | "nonce";

/** A request as far as a proof is about it: the members of the call, and what holds where the call is silent. */
export type ProvedRequest = {
  request: NonceDemand & { dpop?: unknown; htm?: unknown; htu?: unknown };
  /** The client, if it is known: FAPI modes allow it few algorithms. */
  client: Client | undefined;
  defaultMethod?: string | undefined;
  /** The address of the endpoint, if it has one of its own. */
  defaultUri?: string | undefined;
  /** The access token that the request uses, as it was presented. */
  accessToken?: string;
};

/** How far the time of a proof may be off, in either direction: clocks differ, and a proof is on its way for a while. */
export const PROOF_WINDOW_MS = 300_000;

/**
 * Checks the DPoP proof of a request (RFC 9449 4.3): one JWT of its type, signed with the private key of the public key in its header, for this
 * method, this address, this moment, this access token and this nonce, and not seen before. A proof that passes is used up.
 *
 * @returns the thumbprint of the key (RFC 7638), or what is wrong.
 */
export async function checkProof(
  context: EngineContext,
  proved: ProvedRequest,
): Promise<{ jkt: string; defect?: undefined } | { jkt?: undefined; defect: ProofDefect }> {
  const jws = readCompactJws(givenNonEmptyText(proved.request.dpop) ?? "");
  if (!jws) return { defect: "malformed" };
  const key = readProofHeader(jws.header, allowedAlgorithms(context, proved.client));
  if (typeof key === "string") return { defect: key };
  if (!verifySignature(jws, key.algorithm, key.key) || !jws.payload) return { defect: "malformed" };
  const claims = { context, proved, payload: jws.payload };
  if (!claimChecks.every((check) => check(claims))) return { defect: "malformed" };
  if (!hasNonce(claims)) return { defect: "nonce" };
  return (await isFirstUse(claims, key)) ? { jkt: key.jkt } : { defect: "malformed" };
}

function allowedAlgorithms({ service }: EngineContext, client: Client | undefined) {
  const modes = client ? fapiModes(service, client) : (service.fapiModes ?? []);
  return isBeyondBaseline(modes) ? fapiAlgorithms : asymmetricAlgorithms;
}

type Claims = { context: EngineContext; proved: ProvedRequest; payload: Record<string, unknown> };

const claimChecks: readonly ((claims: Claims) => boolean)[] = [
  hasIdentifier,
  isForMethod,
  isForTarget,
  isOfNow,
  isForAccessToken,
];

function hasIdentifier({ payload }: Claims): boolean {
  return typeof payload.jti === "string" && payload.jti !== "";
}

/** Methods are told apart by case too (RFC 9110 9.1). */
function isForMethod({ payload, proved }: Claims): boolean {
  const method = givenNonEmptyText(proved.request.htm) ?? proved.defaultMethod;
  return method !== undefined && payload.htm === method;
}

function isForTarget({ payload, proved }: Claims): boolean {
  const target = normalizedTarget(givenNonEmptyText(proved.request.htu) ?? proved.defaultUri);
  return target !== undefined && normalizedTarget(payload.htu) === target;
}

function isOfNow({ payload, context }: Claims): boolean {
  const { iat } = payload;
  return typeof iat === "number" && Math.abs(context.now - iat * 1000) <= PROOF_WINDOW_MS;
}

/** `ath` is the hash of the access token that the proof accompanies. */
function isForAccessToken({ payload, proved: { accessToken } }: Claims): boolean {
  return accessToken === undefined || payload.ath === hash("sha256", accessToken, "base64url");
}

function hasNonce({ context, proved, payload }: Claims): boolean {
  return !nonceIsRequired(context.service, proved.request) || isLiveNonce(context, payload.nonce);
}

function isFirstUse({ context, payload }: Claims, { jkt }: ProofKey): Promise<boolean> {
  const expiresAt = Number(payload.iat) * 1000 + PROOF_WINDOW_MS + 1;
  return spendJti(context, { owner: `key ${jkt}`, jti: String(payload.jti), expiresAt });
}
