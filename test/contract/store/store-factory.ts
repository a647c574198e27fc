import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createKeyring } from "../../../src/server/secret/keyring.ts";
import { openStore, type Store, type StorePlace } from "../../../src/server/store/open.ts";

export const random = (bytes: number): Uint8Array => randomBytes(bytes);

export const SEALING_KEY = "a sealing key of the store's contract tests";

export const keyring = createKeyring([SEALING_KEY], { purpose: "store", random });

/** Where a database for one test is. */
export type Place = {
  at: StorePlace;
  /** Asks the database past the store. */
  ask(sql: string): Promise<Record<string, unknown>[]>;
  /** Those of these statements that read a table from end to end. */
  scanning(statements: readonly string[]): Promise<string[]>;
  /** Resolves when no process is connected any more, one that was killed included. */
  untilAlone(): Promise<void>;
  /** Removes the database. Every store on it is closed by then. */
  remove(): Promise<void>;
};

/** A kind of database, with a new and empty one for each test. */
export type PlaceFactory = {
  name: string;
  /** Works of one store run one after the other. */
  isOneByOne: boolean;
  createPlace(): Promise<Place>;
};

/** A database for one test. */
export type TestStore = {
  store: Store;
  /** Opens the same database once more, as another process would; absent where nobody else can. */
  another: (() => Promise<Store>) | undefined;
  /** Closes every store that was opened and removes the database. */
  remove(): Promise<void>;
};

/** A kind of database that the contract is tried on. */
export type StoreFactory = Pick<PlaceFactory, "name" | "isOneByOne"> & { create(): Promise<TestStore> };

const ports = { clock: Date.now, random, keyring };

/** Opens stores on databases that any number of processes can have open. */
export function storeFactory(places: PlaceFactory): StoreFactory {
  return {
    ...places,
    async create() {
      const place = await places.createPlace();
      const opened: Store[] = [];
      const another = async () => {
        const store = await openStore({ ...place.at, ...ports });
        opened.push(store);
        return store;
      };
      return {
        store: await another(),
        another,
        async remove() {
          for (const store of opened) await store.close();
          await place.remove();
        },
      };
    },
  };
}

/** SQLite in memory, which only its own process has. */
export const inMemory: StoreFactory = {
  name: "SQLite in memory",
  isOneByOne: true,
  async create() {
    const store = await openStore({ file: ":memory:", ...ports });
    return { store, another: undefined, remove: () => store.close() };
  },
};

/** SQLite in a file. */
export const inFile: PlaceFactory = {
  name: "SQLite file",
  isOneByOne: true,
  async createPlace() {
    const folder = mkdtempSync(join(tmpdir(), "ticketgate-store-"));
    const file = join(folder, "state", "test.sqlite");
    const ask = async (sql: string) => {
      const database = new DatabaseSync(file);
      const rows = database.prepare(sql).all();
      database.close();
      return rows;
    };
    return {
      at: { file },
      ask,
      async scanning(statements) {
        const plans = await Promise.all(statements.map((sql) => ask(`explain query plan ${sql}`)));
        return statements.filter((_, index) =>
          plans[index]?.some(({ detail }) => String(detail).startsWith("SCAN ")),
        );
      },
      untilAlone: async () => {},
      remove: async () => rmSync(folder, { recursive: true }),
    };
  },
};

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
