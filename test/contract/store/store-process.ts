import { once } from "node:events";
import { openStore, type Store, type StorePlace } from "../../../src/server/store/open.ts";
import { account, session, token, transaction } from "./records.ts";
import { CALLERS, keyring, random } from "./store-factory.ts";

/**
 * A process that opens the store of its first argument, says "open", waits for a line, races for every value that can be
 * used once, and prints how often it won each of them.
 */
const [place = "", name = ""] = process.argv.slice(2);
const store = await openStore({
  ...(JSON.parse(place) as StorePlace),
  clock: Date.now,
  random,
  keyring,
});
process.stdout.write("open\n");
await once(process.stdin, "data");

const change = { handleHash: "handle-1", ownerHash: "owner-1", now: transaction().createdAt };
const lease = { idHash: "session-1", tokenVersion: 0, now: 1, leaseUntil: session().expiresAt };
const races: Record<string, (caller: number) => Promise<unknown>> = {
  consumeTicket: () => store.engine.write((writer) => writer.consumeTicket("ticket-1")),
  insertToken: (caller) =>
    store.engine.write((writer) =>
      writer.insertToken(token({ id: `${name}-${caller}`, refreshTokenHash: `${name}-${caller}` })),
    ),
  replaceToken: (caller) =>
    store.engine.write((writer) =>
      writer.replaceToken(
        "refresh-0",
        token({
          id: "token-0",
          accessTokenHash: `r-${name}-${caller}`,
          refreshTokenHash: `r-${name}-${caller}`,
        }),
      ),
    ),
  move: () => store.transactions.move({ ...change, from: "authenticated", to: "issuing" }),
  leaseRefresh: () => store.sessions.leaseRefresh(lease),
  removeSession: () => store.sessions.remove("session-2"),
  consumeNonce: () => store.nonces.consume("nonce-1", Date.now() + 60_000),
  insertAccount: (caller) =>
    store.accounts.insert(account({ subject: `${name}-${caller}`, email: undefined })),
};

for (const [what, run] of Object.entries(races)) {
  const won = await Promise.all(Array.from({ length: CALLERS }, (_, caller) => run(caller)));
  process.stdout.write(`${what} ${won.filter(Boolean).length}\n`);
}
await insertMany(store);
await store.close();
process.stdin.destroy();

/** Many small commits, so that the processes have to wait for each other's lock. */
async function insertMany({ engine }: Store): Promise<void> {
  for (let index = 0; index < 200; index++) {
    const hash = `many-${name}-${index}`;
    await engine.write((writer) =>
      writer.insertToken(token({ id: hash, accessTokenHash: hash, refreshTokenHash: hash })),
    );
  }
  process.stdout.write("inserted 200\n");
}
