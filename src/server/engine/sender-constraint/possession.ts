import type { Client } from "../../authlete/client.ts";
import { certificateThumbprint, parseCertificate } from "../certificate/certificate.ts";
import type { EngineContext } from "../context.ts";
import { checkProof, type ProofDefect, type ProvedRequest } from "../dpop/proof.ts";
import { givenNonEmptyText } from "../given.ts";
import type { AccessToken } from "../records.ts";

/**
 * Why whoever uses a token has not shown that it is theirs: the certificate it is bound to is missing, cannot be read, or is
 * another; the proof it is bound to is missing, wrong, or made with another key.
 */
export type PossessionDefect =
  | `certificate_${"missing" | "malformed" | "mismatch"}`
  | `proof_${"missing" | "mismatch" | ProofDefect}`;

/** The use of a token: the members of the call, and the token as it was presented. */
export type TokenUse = Omit<ProvedRequest, "request"> & {
  request: ProvedRequest["request"] & { clientCertificate?: unknown };
  accessToken: string;
  client: Client | undefined;
};

/**
 * Checks that whoever uses a token holds the keys it is bound to (RFC 8705 3, RFC 9449 7). A token that is bound to nothing may be used by
 * anybody, but not with a proof: that it is bound to the key of the proof cannot be confirmed (RFC 9449 4.3).
 *
 * @returns what is wrong, or `undefined`.
 */
export async function checkPossession(
  context: EngineContext,
  { details: { confirmation } }: Pick<AccessToken, "details">,
  use: TokenUse,
): Promise<PossessionDefect | undefined> {
  const bound = confirmation?.["x5t#S256"];
  const defect = bound === undefined ? undefined : checkCertificate(bound, use.request.clientCertificate);
  return defect ?? checkKey(context, confirmation?.jkt, use);
}

function checkCertificate(bound: string, pem: unknown): PossessionDefect | undefined {
  const given = givenNonEmptyText(pem);
  if (given === undefined) return "certificate_missing";
  const certificate = parseCertificate(given);
  if (!certificate) return "certificate_malformed";
  return certificateThumbprint(certificate) === bound ? undefined : "certificate_mismatch";
}

async function checkKey(
  context: EngineContext,
  bound: string | undefined,
  use: TokenUse,
): Promise<PossessionDefect | undefined> {
  if (givenNonEmptyText(use.request.dpop) === undefined)
    return bound === undefined ? undefined : "proof_missing";
  const { jkt, defect } = await checkProof(context, use);
  if (defect) return `proof_${defect}`;
  return jkt === bound ? undefined : "proof_mismatch";
}
