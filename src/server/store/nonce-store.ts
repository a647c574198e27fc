import type { NonceStore } from "../session/ports.ts";
import type { Database } from "./database.ts";
import { prepared } from "./prepared.ts";
import type { NonceRow } from "./schema.ts";

/**
 * Makes the store of values that may be used once. A value whose time is over counts as used: its row may be gone.
 */
export function createNonceStore(database: Database, clock: () => number): NonceStore {
  const insert = prepared((row: NonceRow) =>
    database.builder
      .insertInto("nonces")
      .values({ nonce_hash: row.nonce_hash, expires_at: row.expires_at })
      .onConflict((conflict) => conflict.doNothing()),
  );
  return {
    async consume(nonceHash, expiresAt) {
      if (expiresAt <= clock()) return false;
      const row = { nonce_hash: nonceHash, expires_at: expiresAt };
      return (await database.writeOne((connection) => connection.run(insert, row))) === 1;
    },
  };
}
