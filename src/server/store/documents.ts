import { deepFreeze } from "../authlete/deep-freeze.ts";
import type { Keyring } from "../secret/keyring.ts";

/** A stored document: its open part, its sealed part, and what tells one version of both from another. */
export type StoredDocument = { document: string; sealed: string; revision: string };

/** What sealing takes. */
export type Seals = { keyring: Keyring; random: (bytes: number) => Uint8Array };

const REVISION_BYTES = 12;

/** Parses stored documents, and each version of each of them only once. */
export interface DocumentCache<Value> {
  /** The parsed document of `key` if it is the version `revision`. Frozen: callers share it. */
  get(key: string, revision: string): Value | undefined;
  /** Parses a row and remembers it. */
  open(key: string, stored: StoredDocument): Value;
}

/** A sealed text in the database that no key of this process opens. */
export class UnreadableRowError extends Error {
  constructor(context: string) {
    super(
      `The row ${context} is sealed with a key that is not in TICKETGATE_SEALING_KEYS, or it was altered. ` +
        "Keep old keys in the list, after the new one.",
    );
    this.name = "UnreadableRowError";
  }
}

/**
 * Splits a document into the part that is stored as it is and the part that is sealed.
 *
 * @param secrets the names of the members to seal.
 * @param context the table and key of the row: what is sealed opens only there.
 */
export function sealDocument(
  value: Readonly<Record<string, unknown>>,
  { secrets, context, seals }: { secrets: ReadonlySet<string>; context: string; seals: Seals },
): StoredDocument {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const document = JSON.stringify(Object.fromEntries(members.filter(([name]) => !secrets.has(name))));
  const hidden = JSON.stringify(Object.fromEntries(members.filter(([name]) => secrets.has(name))));
  return { document, sealed: seals.keyring.seal(hidden, context), revision: newRevision(seals) };
}

/** Seals the hidden part of a stored document again, with the newest key. @throws UnreadableRowError */
export function resealDocument(stored: StoredDocument, context: string, seals: Seals): StoredDocument {
  const hidden = seals.keyring.open(stored.sealed, context);
  if (hidden === undefined) throw new UnreadableRowError(context);
  return { ...stored, sealed: seals.keyring.seal(hidden, context), revision: newRevision(seals) };
}

function newRevision({ random }: Seals): string {
  return Buffer.from(random(REVISION_BYTES)).toString("base64url");
}

/** Undoes `sealDocument`. @throws UnreadableRowError */
export function openDocument(
  stored: StoredDocument,
  { context, keyring }: { context: string; keyring: Keyring },
): Record<string, unknown> {
  const hidden = keyring.open(stored.sealed, context);
  if (hidden === undefined) throw new UnreadableRowError(context);
  return { ...JSON.parse(stored.document), ...JSON.parse(hidden) };
}

/**
 * Makes a cache of parsed documents. A look-up first asks the database for the row's revision, so a change by any
 * process is seen at once.
 *
 * @param size how many documents are kept.
 * @param open parses and unseals.
 */
export function createDocumentCache<Value extends object>(
  size: number,
  open: (key: string, stored: StoredDocument) => Value,
): DocumentCache<Value> {
  const kept = new Map<string, { revision: string; value: Value }>();
  return {
    get(key, revision) {
      const entry = kept.get(key);
      return entry?.revision === revision ? entry.value : undefined;
    },
    open(key, stored) {
      const value = deepFreeze(open(key, stored));
      kept.delete(key);
      kept.set(key, { revision: stored.revision, value });
      const [oldest] = kept.keys();
      if (kept.size > size && oldest !== undefined) kept.delete(oldest);
      return value;
    },
  };
}
