/**
 * `pending` -> `deciding` -> `done` or `failed`. A person signs in, chooses and is asked while it is pending; whatever ends it at the engine
 * moves it to `deciding` first, by one compare-and-set, so it ends once.
 */
export type InteractionState = "pending" | "deciding" | "done" | "failed";

/** An authorization request that waits for a person. Timestamps are milliseconds since the epoch. */
export type Interaction = {
  /** Hash of the handle that stands in addresses. */
  handleHash: string;
  /** Hash of the value of this interaction's cookie: only the browser that began it can go on. */
  ownerHash: string;
  state: InteractionState;
  /** The engine's ticket and all that is known of the request, sealed under the handle hash. */
  sealed: string;
  /** Who was chosen at the account chooser. */
  chosenSubject: string | undefined;
  createdAt: number;
  /** From then on nobody can go on with it. */
  usableUntil: number;
  /** From then on nobody can tell any more what it was. */
  expiresAt: number;
};

/** Which interaction, whose, and when. */
export type InteractionKey = { handleHash: string; ownerHash: string; now: number };

/** Authorization requests that wait for a person. A handle or binding never stands in the store itself, only its hash. */
export interface InteractionStore {
  insert(interaction: Interaction): Promise<void>;
  /** Absent gives `undefined`; one that is over is returned. */
  find(handleHash: string): Promise<Interaction | undefined>;
  /** Notes who was chosen, while the interaction is pending and usable; tells whether it was. */
  choose(key: InteractionKey, subject: string): Promise<boolean>;
  /**
   * Moves an interaction from `pending` to `deciding` if it belongs to `ownerHash` and is usable at `now`. Of any number of concurrent
   * calls exactly one gets it (as it is after the move), the others `undefined`.
   */
  claim(key: InteractionKey): Promise<Interaction | undefined>;
  /** Notes how a claimed interaction ended, some time soon: nobody can claim it any more, so nobody waits for the note. */
  settle(interaction: Pick<Interaction, "handleHash" | "ownerHash">, to: "done" | "failed"): void;
}
