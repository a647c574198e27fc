import type { Client } from "../authlete/client.ts";
import type { Service } from "../authlete/service.ts";
import type { AccessToken, SpentRefreshToken, TokenTicket } from "./records.ts";

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** `bytes` bytes from a cryptographically secure generator. */
export type Random = (bytes: number) => Uint8Array;

/**
 * What the engine keeps. `read` sees only what is committed. `write` runs its work in one transaction: when
 * the work resolves, everything it wrote is durable together; when it rejects, nothing of it happened.
 */
export interface EngineStore {
  readonly read: EngineReader;
  write<Result>(work: (transaction: EngineWriter) => Promise<Result>): Promise<Result>;
}

/** All look-ups give `undefined` for what is absent. Expired rows are returned: judging them is a rule. */
export interface EngineReader {
  /** The service with the private keys in `jwks`. */
  findService(serviceId: string): Promise<Service | undefined>;
  /** By number or, failing that, by alias. The secret is included. */
  findClient(serviceId: string, identifier: string): Promise<Client | undefined>;
  findTicket(ticketHash: string): Promise<TokenTicket | undefined>;
  findByAccessToken(serviceId: string, accessTokenHash: string): Promise<AccessToken | undefined>;
  findByRefreshToken(serviceId: string, refreshTokenHash: string): Promise<AccessToken | undefined>;
  findSpentRefreshToken(serviceId: string, refreshTokenHash: string): Promise<SpentRefreshToken | undefined>;
}

export interface EngineWriter extends EngineReader {
  insertTicket(ticket: TokenTicket): Promise<void>;
  /**
   * Spends a ticket, and tells whether this call did: of any number of concurrent calls with one ticket
   * exactly one gets `true`. The rest of the same transaction decides whether the spending lasts.
   */
  consumeTicket(ticketHash: string): Promise<boolean>;
  /** Tells `false`, and writes nothing, when the value of the access or refresh token exists already. */
  insertToken(token: AccessToken): Promise<boolean>;
  /**
   * Replaces the token row `token.id` if its refresh token is still `refreshTokenHash`, and tells whether it
   * was: of any number of concurrent refreshes with one refresh token exactly one gets `true`.
   */
  replaceToken(refreshTokenHash: string, token: AccessToken): Promise<boolean>;
  /** Remembers a refresh token that rotation has ended, until it would have expired. */
  insertSpentRefreshToken(spent: SpentRefreshToken): Promise<void>;
  /** Removes an access token and its refresh token; tells whether they were there. */
  deleteToken(serviceId: string, tokenId: string): Promise<boolean>;
  /** Removes every token that `client` holds for `subject`; gives the number removed. */
  deleteTokensOf(serviceId: string, clientId: number, subject: string): Promise<number>;
}
