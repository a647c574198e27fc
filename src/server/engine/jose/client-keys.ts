import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import type { KeySet } from "./key-set.ts";

/** Why a client's keys cannot be had: it registered none, or the address it registered does not give a JWK Set. */
export type NoKeySet = "not_registered" | "unavailable";

/**
 * The keys of a client: those at its `jwks_uri` or, when it registered no such address, those in its registration.
 *
 * @param options.fresh asks for keys newer than the last that were read, as far as the fetcher's own limits allow.
 */
export async function clientKeys(
  context: EngineContext,
  client: Client,
  options: { fresh?: boolean } = {},
): Promise<KeySet | NoKeySet> {
  if (!client.jwksUri) return client.jwks ? context.keys.of(client.jwks) : "not_registered";
  try {
    return context.keys.of(await context.fetchJwks(client.jwksUri, options));
  } catch {
    return "unavailable";
  }
}
