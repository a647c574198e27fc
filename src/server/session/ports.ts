import type { AuthenticationMethod, Session, Transaction, TransactionState } from "./records.ts";

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** `bytes` bytes from a cryptographically secure generator. */
export type Random = (bytes: number) => Uint8Array;

/** Sign-ins under way. A handle, binding or owner never stands in the store itself, only its hash. */
export interface TransactionStore {
  insert(transaction: Transaction): Promise<void>;
  /** Absent gives `undefined`; an expired one is returned. */
  find(handleHash: string): Promise<Transaction | undefined>;
  /**
   * Moves a transaction from one state to the next if it is in `from`, belongs to `ownerHash` and has not
   * expired at `now`. Of any number of concurrent calls exactly one gets the transaction (as it is after the move),
   * the others `undefined`.
   */
  move(change: {
    handleHash: string;
    ownerHash: string;
    from: TransactionState;
    to: TransactionState;
    now: number;
  }): Promise<Transaction | undefined>;
  /**
   * Notes that the second factor of a transaction was right, and how: `second-factor` -> `authenticated`, under the conditions of `move`.
   */
  authenticate(change: {
    handleHash: string;
    ownerHash: string;
    methods: AuthenticationMethod[];
    now: number;
  }): Promise<Transaction | undefined>;
  /**
   * Notes how a transaction in the state `issuing` ended, some time soon: nobody can claim it in any of the three states, so nobody
   * waits for the note.
   */
  settle(transaction: Pick<Transaction, "handleHash" | "ownerHash">, to: "done" | "failed"): void;
}

/** Who is signed in at which browser. */
export interface SessionStore {
  insert(session: Session): Promise<void>;
  /** Absent gives `undefined`; an expired one is returned. */
  find(idHash: string): Promise<Session | undefined>;
  /** Notes use at `now`; never brings a removed session back. */
  touch(idHash: string, now: number): Promise<void>;
  /**
   * Takes the right to refresh the tokens of version `tokenVersion` until `leaseUntil`. Of any number of
   * concurrent calls, in any number of processes, exactly one gets `true`.
   */
  leaseRefresh(lease: {
    idHash: string;
    tokenVersion: number;
    now: number;
    leaseUntil: number;
  }): Promise<boolean>;
  /** Stores refreshed tokens if they still are of version `tokenVersion`; ends the lease. */
  replaceTokens(
    idHash: string,
    tokenVersion: number,
    tokens: Pick<Session, "sealedTokens" | "accessTokenExpiresAt" | "scopes">,
  ): Promise<boolean>;
  /** Removes a session and gives it; of concurrent calls exactly one gets it. */
  remove(idHash: string): Promise<Session | undefined>;
  /** Removes every session of a person but one, and gives them. */
  removeOthers(subject: string, exceptIdHash: string): Promise<Session[]>;
}

/** Values that may be used once: the tokens of forms, and values that callers chose for access tokens. */
export interface NonceStore {
  /** Tells whether this call is the first to use `nonceHash`. It is remembered until `expiresAt`. */
  consume(nonceHash: string, expiresAt: number): Promise<boolean>;
}
