import { hashOf } from "../../secret/hash.ts";
import type { Artifact } from "../artifacts.ts";
import type { IdentifiedClient } from "../client-authentication/credentials.ts";
import type { EngineContext } from "../context.ts";
import { parseForm } from "../form.ts";
import type { EngineWriter } from "../ports.ts";
import { refuse } from "../refusal.ts";
import type { RequestParameters } from "./request-parameters.ts";

/** How a `request_uri` begins that the service gave out itself (RFC 9126 2.2). */
export const PUSHED_REQUEST_URI_PREFIX = "urn:ietf:params:oauth:request_uri:";

/** Whether a `request_uri` means a pushed request. */
export function isPushedRequestUri(requestUri: string): boolean {
  return requestUri.startsWith(PUSHED_REQUEST_URI_PREFIX);
}

/**
 * Finds the pushed request of a client. It can be opened more than once, by a reload of the page for example, until one of the
 * tickets that come of it is used (RFC 9126 7.3). All that is wrong with it is told as one.
 *
 * @throws Refusal A008303 (`invalid_request_uri`).
 */
export async function findPushedRequest(
  context: EngineContext,
  { clientId }: IdentifiedClient,
  requestUri: string,
): Promise<RequestParameters> {
  const hash = hashOf(requestUri);
  const artifact = await context.store.read.findArtifact("pushed_request", hash);
  if (!artifact || !isUsable(context, artifact, clientId)) return refuse("A008303");
  const { parameters, dpopJkt, requestObjectPayload } = artifact.document;
  return {
    form: parseForm(parameters),
    mistyped: new Set(),
    pushed: { hash, dpopJkt },
    ...(requestObjectPayload === undefined ? {} : { requestObjectPayload }),
  };
}

function isUsable(
  { serviceId, now }: EngineContext,
  artifact: Artifact<"pushed_request">,
  clientId: number,
): boolean {
  const isOwn = artifact.serviceId === serviceId && artifact.document.clientId === clientId;
  return isOwn && artifact.spentAt === undefined && openUntil(artifact) > now;
}

/** Milliseconds since the epoch. */
function openUntil({ document, expiresAt }: Artifact<"pushed_request">): number {
  return document.openUntil ?? expiresAt;
}

/**
 * Keeps an opened pushed request for as long as a ticket of it lives, though it can be opened no longer than before: a second
 * ticket has to find it spent.
 *
 * @param until milliseconds since the epoch.
 * @throws Refusal A008303 when it was used in the meantime.
 */
export async function keepPushedRequest(
  transaction: EngineWriter,
  hash: string,
  until: number,
): Promise<void> {
  const artifact = await transaction.findArtifact("pushed_request", hash);
  if (!artifact || artifact.spentAt !== undefined) return refuse("A008303");
  if (artifact.expiresAt >= until) return;
  const document = { ...artifact.document, openUntil: openUntil(artifact) };
  if (await transaction.updateArtifact({ ...artifact, document, expiresAt: until })) return;
  const changed = await transaction.findArtifact("pushed_request", hash);
  if (!changed || changed.spentAt !== undefined) refuse("A008303");
}
