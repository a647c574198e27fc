import { hashOf } from "../../secret/hash.ts";
import type { EngineContext } from "../context.ts";
import type { AccessToken } from "../records.ts";
import { type JwtRefusalCode, looksLikeJwt, readJwtAccessToken } from "./jwt.ts";

/**
 * Looks an access token up in either of its forms: the random value, or the JWT around it.
 *
 * @returns the token, or the code of why there is none.
 */
export async function findAccessToken(
  context: EngineContext,
  presented: string,
): Promise<AccessToken | JwtRefusalCode | "A057302"> {
  if (!looksLikeJwt(presented)) return findByValue(context, presented);
  const read = readJwtAccessToken(context, presented);
  if ("value" in read) return findByValue(context, read.value);
  const chosen = await findByValue(context, presented);
  return typeof chosen === "string" ? read.code : chosen;
}

async function findByValue(context: EngineContext, value: string): Promise<AccessToken | "A057302"> {
  const token = await context.store.read.findByAccessToken(context.serviceId, hashOf(value));
  return token ?? "A057302";
}
