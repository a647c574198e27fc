import type { Client } from "../../../authlete/client.ts";
import type { Service } from "../../../authlete/service.ts";
import type { EngineContext } from "../../context.ts";
import { type CompactJws, readCompactJwe, readCompactJws } from "../../jose/compact.ts";
import { type DecryptionFailure, decryptFromClient } from "../../jose/decrypt.ts";
import { type RefusalCode, refuse } from "../../refusal.ts";
import type { PresentedRequestObject } from "./request-object.ts";

/** The signed request object, out of its encryption where it has one (RFC 9101 6.1). */
export async function openRequestObject(
  context: EngineContext,
  { client, text, isPushed }: PresentedRequestObject,
): Promise<CompactJws> {
  if (!readCompactJwe(text)) {
    if (!isPushed && isEncryptionRequired(context.service, client)) refuse("A006334");
    return readCompactJws(text) ?? refuse("A005301");
  }
  const { text: opened, failure } = await decryptFromClient(context, client, {
    jwe: text,
    demanded: demandedAlgorithms(context.service, client),
  });
  if (opened === undefined) return refuse(failures[failure] ?? "A005364");
  if (readCompactJwe(opened)) refuse("A005305");
  return readCompactJws(opened) ?? refuse("A005301");
}

function isEncryptionRequired(service: Service, client: Client): boolean {
  return (
    service.frontChannelRequestObjectEncryptionRequired === true ||
    client.frontChannelRequestObjectEncryptionRequired === true
  );
}

/** The registered algorithms are wishes of the client, unless service or client make them a demand. */
function demandedAlgorithms(service: Service, client: Client) {
  const isAlgDemanded =
    service.requestObjectEncryptionAlgMatchRequired || client.requestObjectEncryptionAlgMatchRequired;
  const isEncDemanded =
    service.requestObjectEncryptionEncMatchRequired || client.requestObjectEncryptionEncMatchRequired;
  return {
    alg: isAlgDemanded ? client.requestEncryptionAlg : undefined,
    enc: isEncDemanded ? client.requestEncryptionEnc : undefined,
  };
}

/** Everything else is one to a client: how a decryption failed is nobody's business. */
const failures: Partial<Record<DecryptionFailure, RefusalCode>> = {
  malformed: "A005301",
  alg_mismatch: "A006330",
  enc_mismatch: "A006332",
};
