import type { EngineContext } from "../context.ts";
import { checkPossession, type PossessionDefect } from "../sender-constraint/possession.ts";
import type { Examination } from "./checks.ts";
import type { IntrospectionRefusalCode } from "./refusals.ts";

const codes: Record<PossessionDefect, IntrospectionRefusalCode> = {
  certificate_missing: "A065304",
  certificate_mismatch: "A065305",
  certificate_malformed: "A065307",
  proof_missing: "A065308",
  proof_mismatch: "A065309",
  proof_malformed: "A065310",
  proof_algorithm: "A065311",
  proof_no_key: "A065312",
  proof_no_algorithm: "A065313",
  proof_nonce: "A065314",
};

/**
 * Why whoever presents the token is not the one it was issued to. Method and address of the protected resource have to be in the call: a proof
 * that could be of any request proves nothing.
 *
 * @param presented the token as it was presented.
 */
export async function whyNotTheirs(
  context: EngineContext,
  { token, client, request }: Examination,
  presented: string,
): Promise<IntrospectionRefusalCode | undefined> {
  const defect = await checkPossession(context, token, { request, client, accessToken: presented });
  return defect && codes[defect];
}
