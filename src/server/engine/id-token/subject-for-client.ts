import { createHmac } from "node:crypto";
import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";

/**
 * What a client knows a subject by (OIDC Core 8): a value that the caller chose, a pairwise value where the client is
 * registered for that, or the subject itself.
 *
 * @param person.sub the value to use in place of the subject; empty counts as not given.
 */
export function subjectForClient(
  context: Pick<EngineContext, "pairwiseKey" | "serviceId">,
  client: Client,
  person: { subject: string; sub?: string | undefined },
): string {
  if (person.sub) return person.sub;
  return client.subjectType === "PAIRWISE" ? pairwise(context, client, person.subject) : person.subject;
}

/** The same for all clients of a sector, and impossible to compute, or to take back, without the key (OIDC Core 8.1). */
function pairwise(
  { pairwiseKey, serviceId }: Pick<EngineContext, "pairwiseKey" | "serviceId">,
  client: Client,
  subject: string,
): string {
  const input = JSON.stringify(["pairwise subject", serviceId, sectorOf(client), subject]);
  return createHmac("sha256", pairwiseKey).update(input).digest("base64url");
}

/** A client whose sector cannot be told is a sector of its own. */
function sectorOf(client: Client): string {
  const named = hostOf(client.sectorIdentifierUri) ?? client.derivedSectorIdentifier;
  if (named) return named;
  const hosts = new Set((client.redirectUris ?? []).map(hostOf));
  const [host] = hosts;
  return hosts.size === 1 && host ? host : `client ${client.clientId}`;
}

function hostOf(uri: string | undefined): string | undefined {
  return (uri && URL.canParse(uri) && new URL(uri).hostname) || undefined;
}
