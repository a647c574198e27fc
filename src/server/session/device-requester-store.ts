/** Who asked for the code of a device, as far as this server saw it. Timestamps are milliseconds since the epoch. */
export type DeviceRequesterRecord = {
  /** The hash of the user code that the engine gave. */
  userCodeHash: string;
  /** The address and the program, sealed under the hash. */
  sealed: string;
  createdAt: number;
  /** When the code expires: from then on nothing is known any more. */
  expiresAt: number;
};

/**
 * Where devices asked for their codes from: what a person compares with the device in front of them.
 *
 * @see RFC 8628, section 5.4
 */
export interface DeviceRequesterStore {
  /** Keeps a requester; of a code that is given a second time the newer one. */
  put(requester: DeviceRequesterRecord): Promise<void>;
  /** The requester of a code that has not expired at `now`. */
  find(key: { userCodeHash: string; now: number }): Promise<DeviceRequesterRecord | undefined>;
}
