import { hashOf } from "../../secret/hash.ts";
import { PUSHED_REQUEST_URI_PREFIX } from "../authorization/pushed-request.ts";
import type { EngineContext } from "../context.ts";
import { randomValue } from "../random-value.ts";
import type { PushedRequest } from "./pushed-request.ts";

/**
 * Stores a pushed request under a `request_uri` that nobody can guess (RFC 9126 2.2, 7.1).
 *
 * @param expiresIn seconds.
 */
export async function storeUnderNewUri(
  { store, serviceId, random, now }: EngineContext,
  request: PushedRequest,
  expiresIn: number,
): Promise<string> {
  const requestUri = `${PUSHED_REQUEST_URI_PREFIX}${randomValue(random)}`;
  await store.write((transaction) =>
    transaction.insertArtifact({
      kind: "pushed_request",
      keyHash: hashOf(requestUri),
      aliasHash: undefined,
      serviceId,
      clientId: request.clientId,
      document: request,
      revision: 0,
      spentAt: undefined,
      createdAt: now,
      expiresAt: now + expiresIn * 1000,
    }),
  );
  return requestUri;
}
