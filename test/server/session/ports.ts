import { randomBytes } from "node:crypto";
import { createKeyring } from "../../../src/server/secret/keyring.ts";
import { openStore, type Store } from "../../../src/server/store/open.ts";
import { testClock } from "../../support/engine.ts";

const random = (bytes: number) => randomBytes(bytes);
export const keyringOf = (key: string) =>
  createKeyring([`${key} of a test, long enough to be one`], { purpose: "session", random });

/** What sessions, transactions and form tokens work with, over a real store in memory. */
export async function openPorts() {
  const clock = testClock();
  const store: Store = await openStore({ file: ":memory:", clock, random, keyring: keyringOf("store") });
  return {
    store,
    sessions: store.sessions,
    transactions: store.transactions,
    nonces: store.nonces,
    keyring: keyringOf("session"),
    clock,
    random,
    idleMs: 1_000_000,
    absoluteMs: 10_000_000,
    lifetimeMs: 600_000,
  };
}

export type Ports = Awaited<ReturnType<typeof openPorts>>;
