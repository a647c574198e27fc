import type { Service } from "../authlete/service.ts";
import type { Keys } from "./jose/keys.ts";
import type { Clock, EngineStore, Random } from "./ports.ts";

/** What the engine is made of. */
export type EngineOptions = {
  store: EngineStore;
  clock: Clock;
  random: Random;
  /** The one service this engine answers for. */
  serviceId: string;
  /**
   * Reads the JWK Set that a client publishes at its `jwks_uri`, as text; `fresh` asks for one newer than the last that was
   * read. Rejects when it cannot be had.
   */
  fetchJwks: (uri: string, options?: { fresh?: boolean }) => Promise<string>;
  /**
   * Reads the list of redirection URIs that stands at a `sector_identifier_uri`, as JSON text; `fresh` as above. Rejects when it
   * cannot be had.
   */
  fetchSector: (uri: string, options?: { fresh?: boolean }) => Promise<string>;
  /**
   * Reads the request object that stands at an address of a client, as text; it is asked for again each time. Rejects when it cannot
   * be had, and for what is no JWT.
   */
  fetchRequestObject: (uri: string) => Promise<string>;
  /** What DPoP nonces are derived from: the same for all instances (RFC 9449 8). */
  nonceKey: Uint8Array;
  /** What pairwise subjects are derived from (OIDC Core 8.1): the same for good, because clients know their users by them. */
  pairwiseKey: Uint8Array;
  /** How long a ticket of the password grant can be used, in milliseconds. A day unless given. */
  ticketDurationMs?: number;
};

/** What one call works with: the ports, the service as it is now, and one time for the whole call. */
export type EngineContext = Required<EngineOptions> & {
  readonly keys: Keys;
  readonly service: Service;
  /** Milliseconds since the epoch. */
  readonly now: number;
};
