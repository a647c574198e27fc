import { hashOf } from "../secret/hash.ts";
import type { Keyring } from "../secret/keyring.ts";
import { Secret } from "../secret/secret.ts";
import type { CookieRules } from "./cookie.ts";
import type { Clock, Random, TransactionStore } from "./ports.ts";
import type { Transaction, TransactionState } from "./records.ts";
import type { TripStep } from "./trip.ts";
import { isValue, newValue } from "./value.ts";

/** What transactions work with. `lifetimeMs`: milliseconds from the ticket to the token. */
export type TransactionPorts = {
  transactions: TransactionStore;
  keyring: Keyring;
  clock: Clock;
  random: Random;
  lifetimeMs: number;
};

/** The owner of transactions of code in this process. */
export const SERVER_OWNER = "server";

/** The owner of transactions of a back end. */
export function backendOwner(clientId: string): string {
  return `backend ${clientId}`;
}

/** A ticket that was claimed: nobody else can claim it any more. */
export type ClaimedTicket = { ticket: Secret; trip: TripStep[]; transaction: Transaction };

/**
 * Keeps a ticket of a browser's sign-in. The browser gets a handle in its place, and a binding for its cookie: only who
 * has both can go on.
 *
 * @param entry.state whether a second factor is outstanding.
 * @param entry.since when the password began to be verified, in milliseconds since the epoch.
 * @returns the handle and the binding; neither is stored, only their hashes.
 */
export async function beginBrowserTransaction(
  ports: TransactionPorts,
  entry: {
    ticket: string;
    clientId: string;
    subject: string;
    trip: readonly TripStep[];
    since: number;
    state: "second-factor" | "authenticated";
  },
): Promise<{ handle: string; binding: string }> {
  const handle = newValue(ports.random);
  const binding = newValue(ports.random);
  await insert(ports, { ...entry, key: handle, owner: binding, scopes: [], methods: ["pwd"] });
  return { handle, binding };
}

/**
 * Notes that a ticket was given to a back end or to code of this process: nobody else may use it.
 *
 * @param entry.scopes what the ticket is for.
 */
export async function recordTicket(
  ports: TransactionPorts,
  {
    ticket,
    clientId,
    owner,
    scopes,
  }: { ticket: string; clientId: string; owner: string; scopes: readonly string[] },
): Promise<void> {
  await insert(ports, {
    key: ticket,
    owner,
    ticket,
    clientId,
    scopes,
    subject: undefined,
    trip: [],
    methods: [],
    state: "pending",
  });
}

async function insert(
  { transactions, keyring, clock, lifetimeMs }: TransactionPorts,
  entry: {
    key: string;
    owner: string;
    ticket: string;
    clientId: string;
    scopes: readonly string[];
    subject: string | undefined;
    trip: readonly TripStep[];
    methods: Transaction["methods"];
    state: TransactionState;
    since?: number;
  },
): Promise<void> {
  const handleHash = hashOf(entry.key);
  const now = entry.since ?? clock();
  await transactions.insert({
    handleHash,
    kind: "token",
    ownerHash: hashOf(entry.owner),
    state: entry.state,
    sealedTicket: keyring.seal(JSON.stringify([entry.ticket, entry.trip, entry.scopes]), handleHash),
    subject: entry.subject,
    clientId: entry.clientId,
    methods: entry.methods,
    createdAt: now,
    expiresAt: now + lifetimeMs,
  });
}

/** What the ticket of a back end or of code of this process is for; `undefined` when nobody can tell any more. */
export function recordedScopes(
  { keyring }: Pick<TransactionPorts, "keyring">,
  { sealedTicket, handleHash }: Transaction,
): readonly string[] | undefined {
  const text = keyring.open(sealedTicket, handleHash);
  if (text === undefined) return undefined;
  const [, , scopes] = JSON.parse(text) as [string, TripStep[], string[]?];
  return scopes;
}

/** The cookie that binds a sign-in to its browser. */
export function transactionCookie({ transaction }: Pick<CookieRules, "transaction">, handle: string): string {
  return transaction(hashOf(handle));
}

/**
 * The sign-in of a browser by its handle, whatever its state. An unknown handle, another browser's and an expired one look the same.
 *
 * @param claim.binding the value of the transaction's cookie.
 */
export async function findBrowserTransaction(
  { transactions, clock }: Pick<TransactionPorts, "transactions" | "clock">,
  { handle, binding }: { handle: string; binding: string | undefined },
): Promise<Transaction | undefined> {
  if (!isValue(handle) || !isValue(binding)) return undefined;
  const transaction = await transactions.find(hashOf(handle));
  if (transaction?.ownerHash !== hashOf(binding) || transaction.expiresAt <= clock()) return undefined;
  return transaction;
}

/**
 * Claims the ticket of a transaction: `from` -> `issuing`, one compare-and-set. One of any number of concurrent calls gets it. An
 * unknown key, another owner, another state and an expired transaction look the same: one move that moves nothing.
 *
 * @param claim.ownerHash hash of who claims.
 */
export async function claimTicket(
  ports: TransactionPorts,
  { key, ownerHash, from }: { key: string; ownerHash: string; from: "authenticated" | "pending" },
): Promise<ClaimedTicket | undefined> {
  const handleHash = hashOf(key);
  const change = { handleHash, ownerHash, from, to: "issuing", now: ports.clock() } as const;
  const transaction = await ports.transactions.move(change);
  const text = transaction && ports.keyring.open(transaction.sealedTicket, handleHash);
  if (!transaction || text === undefined) return undefined;
  const [ticket, trip] = JSON.parse(text) as [string, TripStep[], string[]?];
  return { ticket: new Secret(ticket), trip, transaction };
}
