import { Client } from "pg";
import { type MockInstance, vi } from "vitest";
import { indexUseContract } from "./index-use.contract.ts";
import { inPostgres } from "./postgres-places.ts";
import { sealingContract } from "./sealing.contract.ts";
import { storeContract } from "./store-contract.ts";
import { storeFactory } from "./store-factory.ts";

storeContract(storeFactory(inPostgres));
sealingContract(inPostgres);

let sent: MockInstance<(query: unknown) => unknown>;
indexUseContract(inPostgres, {
  begin() {
    sent = vi.spyOn(Client.prototype, "query") as typeof sent;
  },
  seen: () => sent.mock.calls.flatMap(([query]) => (isNamed(query) ? [query.text] : [])),
});

/** What the store sends has a name; migrations and tests send text. */
function isNamed(query: unknown): query is { name: string; text: string } {
  return typeof query === "object" && query !== null && "name" in query;
}
