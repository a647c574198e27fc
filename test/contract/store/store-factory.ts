import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKeyring } from "../../../src/server/secret/keyring.ts";
import { openStore, type Store } from "../../../src/server/store/open.ts";

export const random = (bytes: number): Uint8Array => randomBytes(bytes);

export const SEALING_KEY = "a sealing key of the store's contract tests";

export const keyring = createKeyring([SEALING_KEY], { purpose: "store", random });

/** A database for one test. */
export type TestStore = {
  store: Store;
  /** Opens the same database once more, as another process would; absent where nobody else can. */
  another: (() => Promise<Store>) | undefined;
  /** Closes every store that was opened and removes the database. */
  remove(): Promise<void>;
};

/** A kind of database that the contract is tried on. */
export type StoreFactory = { name: string; create(): Promise<TestStore> };

const ports = { clock: Date.now, random, keyring };

const memory: StoreFactory = {
  name: "SQLite in memory",
  async create() {
    const store = await openStore({ file: ":memory:", ...ports });
    return { store, another: undefined, remove: () => store.close() };
  },
};

const file: StoreFactory = {
  name: "SQLite file",
  async create() {
    const folder = mkdtempSync(join(tmpdir(), "ticketgate-store-"));
    const path = join(folder, "test.sqlite");
    const opened: Store[] = [];
    const another = async () => {
      const store = await openStore({ file: path, ...ports });
      opened.push(store);
      return store;
    };
    return {
      store: await another(),
      another,
      async remove() {
        for (const store of opened) await store.close();
        rmSync(folder, { recursive: true });
      },
    };
  },
};

/** Every kind of database. The contract holds on all of them. */
export const factories: readonly StoreFactory[] = [file, memory];

/** The number of concurrent callers in a race. */
export const CALLERS = 64;

/** Runs a call from many callers at once, spread over every store that can be had on the database. */
export async function race<Result>(
  test: TestStore,
  call: (store: Store) => Promise<Result>,
): Promise<Result[]> {
  const stores = [test.store, ...(test.another ? [await test.another(), await test.another()] : [])];
  return Promise.all(
    Array.from({ length: CALLERS }, (_, index) => call(stores[index % stores.length] as Store)),
  );
}
