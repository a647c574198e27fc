import type { Client } from "../../../authlete/client.ts";
import { type JwsAlg, jwsAlgSchema } from "../../../authlete/enumerations.ts";
import type { Service } from "../../../authlete/service.ts";
import { fapiAlgorithms, fapiModes, isBeyondBaseline } from "../../client-authentication/fapi-mode.ts";
import type { EngineContext } from "../../context.ts";
import type { CompactJws } from "../../jose/compact.ts";
import { type SignatureDefect, verifyClientJws } from "../../jose/verify.ts";
import { type RefusalCode, refuse } from "../../refusal.ts";

/** Lets a request object pass that its client signed as it has registered to (RFC 9101 6.2, OIDC Registration 2). */
export async function checkRequestObjectSignature(
  context: EngineContext,
  client: Client,
  jws: CompactJws,
): Promise<void> {
  const alg = namedAlgorithm(jws);
  if (client.requestSignAlg && client.requestSignAlg !== alg) refuse("A005336");
  if (alg === "NONE") return checkUnsigned(context.service, client, jws);
  const algorithms = isBeyondBaseline(fapiModes(context.service, client)) ? fapiAlgorithms : [alg];
  const defect = await verifyClientJws(context, client, { jws, algorithms });
  if (defect) refuse(defects[defect]);
}

function namedAlgorithm({ header: { alg } }: CompactJws): JwsAlg {
  if (alg === undefined) return refuse("A005307");
  const named = jwsAlgSchema.safeParse(alg === "none" ? "NONE" : alg);
  return named.success && alg !== "NONE" ? named.data : refuse("A005320");
}

/** RFC 9101 4 wants all request objects signed. OIDC Core 6.1 does not, where the client has registered nothing else. */
function checkUnsigned(service: Service, client: Client, { signature }: CompactJws): void {
  if (!service.traditionalRequestObjectProcessingApplied || fapiModes(service, client).length > 0)
    refuse("A008311");
  if (signature !== "") refuse("A005328");
}

const defects: Record<SignatureDefect, RefusalCode> = {
  algorithm: "A005320",
  not_registered: "A005332",
  unavailable: "A005332",
  no_key: "A005332",
  no_secret: "A005316",
  signature: "A005328",
};
