import type { Client } from "../../authlete/client.ts";
import type { Service } from "../../authlete/service.ts";
import { givenSeconds } from "../given.ts";
import { scopeAttribute } from "../token/scopes.ts";

/** What a token lives for when nobody says anything: an hour, and thirty days for a refresh token (seconds). */
const defaults = {
  accessTokenDuration: 3600,
  refreshTokenDuration: 2_592_000,
  idTokenDuration: 3600,
} as const;

const attributes = {
  accessTokenDuration: "access_token.duration",
  refreshTokenDuration: "refresh_token.duration",
  idTokenDuration: "id_token.duration",
} as const;

type Lifetime = {
  kind: keyof typeof defaults;
  service: Service;
  client: Client;
  scopes: readonly string[];
  /** The duration that the call asks for. */
  requested: unknown;
};

/**
 * How long a token lives, in seconds: what the call says if it says a positive number, else the least of what the service, the
 * client's extension and the attributes of the scopes allow.
 */
export function lifetime({ kind, service, client, scopes, requested }: Lifetime): number {
  const explicit = givenSeconds(requested);
  if (explicit !== undefined) return explicit;
  let least = givenSeconds(service[kind]) ?? defaults[kind];
  least = Math.min(least, givenSeconds(client.extension?.[kind]) ?? least);
  for (const scope of scopes) {
    const attribute = scopeAttribute(service, scope, attributes[kind]);
    if (attribute !== undefined) least = Math.min(least, givenSeconds(Number(attribute)) ?? least);
  }
  return least;
}
