import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import { checkProof, type ProofDefect, type ProvedRequest } from "../dpop/proof.ts";
import { givenNonEmptyText } from "../given.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

const codes: Record<ProofDefect, RefusalCode> = {
  malformed: "A902308",
  algorithm: "A902309",
  no_key: "A902310",
  no_algorithm: "A902311",
  nonce: "A350308",
};

/**
 * The thumbprint of the key that a push was proved with, where it came with a DPoP proof: the authorization code will be
 * bound to it (RFC 9449 10.1).
 */
export async function readProvedKey(
  context: EngineContext,
  client: Client,
  request: ProvedRequest["request"],
): Promise<string | undefined> {
  if (givenNonEmptyText(request.dpop) === undefined) return undefined;
  const defaultUri = context.service.pushedAuthReqEndpoint;
  const { jkt, defect } = await checkProof(context, { request, client, defaultMethod: "POST", defaultUri });
  return defect ? refuse(codes[defect]) : jkt;
}
