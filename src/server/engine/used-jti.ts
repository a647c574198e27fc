import { hashOf } from "../secret/hash.ts";
import type { EngineContext } from "./context.ts";

/** A JWT that may be used once, by what tells it from all others. */
export type SingleUseJwt = {
  /** Whose identifiers these are: two owners may use the same one. */
  owner: string;
  jti: string;
  clientId?: number;
  /** Milliseconds since the epoch, and parts of them; from then on the JWT is refused for its age. */
  expiresAt: number;
};

/**
 * Uses a JWT up, and tells whether this was its first use (RFC 7523 3, RFC 9449 11.1): of any number of concurrent calls with one
 * identifier exactly one gets `true`.
 */
export function spendJti(
  context: EngineContext,
  { owner, jti, clientId, expiresAt }: SingleUseJwt,
): Promise<boolean> {
  return context.store.write((transaction) =>
    transaction.insertArtifact({
      kind: "used_jti",
      keyHash: hashOf(JSON.stringify([context.serviceId, owner, jti])),
      aliasHash: undefined,
      serviceId: context.serviceId,
      clientId,
      document: {},
      revision: 0,
      spentAt: context.now,
      createdAt: context.now,
      expiresAt: Math.ceil(expiresAt),
    }),
  );
}
