import { hashOf } from "../../secret/hash.ts";
import type { EngineContext } from "../context.ts";
import type { AccessToken } from "../records.ts";
import { findAccessToken } from "./find-access-token.ts";

/** A stored pair of tokens, and which of the two led to it. */
export type FoundToken = { type: "access_token" | "refresh_token"; token: AccessToken };

type LookUp = (context: EngineContext, presented: string) => Promise<FoundToken | undefined>;

/**
 * Finds a token of either kind. The hint says where to look first, not where to stop (RFC 7009 2.1, RFC 7662 2.1).
 *
 * @param hint the value of `token_type_hint`; unknown ones do not count.
 */
export async function findByHint(
  context: EngineContext,
  presented: string,
  hint: string | undefined,
): Promise<FoundToken | undefined> {
  const lookUps: LookUp[] = [asAccessToken, asRefreshToken];
  if (hint === "refresh_token") lookUps.reverse();
  for (const lookUp of lookUps) {
    const found = await lookUp(context, presented);
    if (found) return found;
  }
  return undefined;
}

const asAccessToken: LookUp = async (context, presented) => {
  const token = await findAccessToken(context, presented);
  return typeof token === "string" ? undefined : { type: "access_token", token };
};

const asRefreshToken: LookUp = async ({ store, serviceId }, presented) => {
  const token = await store.read.findByRefreshToken(serviceId, hashOf(presented));
  return token && { type: "refresh_token", token };
};
