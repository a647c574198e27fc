/** An authenticator app of a person. Timestamps are milliseconds since the epoch. */
export type SecondFactor = {
  subject: string;
  /** Names this enrolment: a later one of the same person has another. */
  id: string;
  secret: Uint8Array;
  /** The last time step that a code was taken from: it and all before it are spent. */
  lastStep: number;
  enrolledAt: number;
};

/** Which enrolment of whom. */
export type SecondFactorKey = Pick<SecondFactor, "subject" | "id">;

/** The second factors of people: at most one authenticator app each, and recovery codes beside it. */
export interface SecondFactorStore {
  find(subject: string): Promise<SecondFactor | undefined>;
  /**
   * Spends a time step and all before it. Of any number of concurrent calls, in any number of processes, exactly one gets `true` for a
   * step; when a later one is spent, or the enrolment is over, nobody does.
   */
  spendStep(key: SecondFactorKey & { step: number }): Promise<boolean>;
  /** Spends a recovery code of a person. Of any number of concurrent calls exactly one gets `true`. */
  spendRecoveryCode(code: { subject: string; codeHash: string }): Promise<boolean>;
  countRecoveryCodes(subject: string): Promise<number>;
  /**
   * Enrols a person, with a set of recovery codes, by the setup that shows `setup.from`, which shows `setup.to` from then on: in one step.
   *
   * @returns false, with nothing written, when the person is enrolled already, or the setup is not what it was.
   */
  enrol(
    factor: SecondFactor & { codeHashes: readonly string[] },
    setup: Pick<FactorSetup, "ownerHash"> & { from: string; to: string },
  ): Promise<boolean>;
  /** Puts a new set of recovery codes in the place of what is left of the old one. Tells `false` when the enrolment is over. */
  replaceRecoveryCodes(key: SecondFactorKey & { codeHashes: readonly string[] }): Promise<boolean>;
  /** Removes the second factor of a person, with the recovery codes; tells whether there was one. */
  remove(subject: string): Promise<boolean>;
}

/** What of setting up a second factor a person has yet to be shown. Timestamps are milliseconds since the epoch. */
export type FactorSetup = {
  /** Hash of what it belongs to: a session, or a sign-in under way. */
  ownerHash: string;
  subject: string;
  /** A secret that is not in use yet, or recovery codes, sealed under the owner hash. */
  sealed: string;
  expiresAt: number;
};

/** Setups under way. */
export interface FactorSetupStore {
  /** Stores a setup in the place of one that its owner has already. */
  put(setup: FactorSetup): Promise<void>;
  /** The setup of an owner, unless it has expired at `now`. */
  find(ownerHash: string, now: number): Promise<FactorSetup | undefined>;
  remove(ownerHash: string): Promise<void>;
}
