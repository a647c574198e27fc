import { DatabaseSync } from "node:sqlite";
import { type MockInstance, vi } from "vitest";
import { indexUseContract } from "./index-use.contract.ts";
import { sealingContract } from "./sealing.contract.ts";
import { storeContract } from "./store-contract.ts";
import { inFile, inMemory, storeFactory } from "./store-factory.ts";

storeContract(storeFactory(inFile));
storeContract(inMemory);
sealingContract(inFile);

let compiled: MockInstance<(sql: string) => unknown>;
indexUseContract(inFile, {
  begin() {
    compiled = vi.spyOn(DatabaseSync.prototype, "prepare") as typeof compiled;
  },
  seen: () =>
    compiled.mock.calls.map(([sql]) => sql).filter((sql) => sql.includes('"') && !FOREIGN.test(sql)),
});

/** What migrations compile, and what asks for plans. The other statements of tests have no quotes. */
const FOREIGN = /^(?:create|alter|drop|explain)|kysely_|sqlite_/i;
