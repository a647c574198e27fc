/** A client's request that waits for a person on another device. Timestamps are milliseconds since the epoch. */
export type BackchannelRequest = {
  /** Names the request in the person's list; who may decide is whose it is, not who knows the name. */
  id: string;
  /** Who has to decide. */
  subject: string;
  /** The engine's ticket and what the person is shown, sealed under the id. */
  sealed: string;
  createdAt: number;
  expiresAt: number;
};

/**
 * Requests of OpenID Connect Client-Initiated Backchannel Authentication that nobody has decided yet.
 *
 * @see CIBA Core 1.0, section 8
 */
export interface BackchannelStore {
  insert(request: BackchannelRequest): Promise<void>;
  /** Those of a person that have not expired at `now`, the oldest first. */
  list(subject: string, now: number): Promise<BackchannelRequest[]>;
  /** Removes a request of a person, unless it has expired at `now`, and gives it; of concurrent calls exactly one gets it. */
  take(key: { id: string; subject: string; now: number }): Promise<BackchannelRequest | undefined>;
}
