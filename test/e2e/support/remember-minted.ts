import crypto from "node:crypto";
import { appendFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/**
 * Loaded into a server before anything else (`--import`): writes down every random value that is long enough to be a secret, as the
 * server spells it. Tokens, tickets, handles, bindings and session ids all begin here, so none is forgotten, whatever becomes of it.
 */
const SECRET_BYTES = 32;
const file = process.env.E2E_MINTED_FILE;

if (file) {
  crypto.randomBytes = new Proxy(crypto.randomBytes, {
    apply(target, self, given) {
      const made: unknown = Reflect.apply(target, self, given);
      if (Buffer.isBuffer(made)) remember(file, made);
      return made;
    },
  });
  crypto.randomFillSync = new Proxy(crypto.randomFillSync, {
    apply(target, self, given) {
      const filled: unknown = Reflect.apply(target, self, given);
      if (filled instanceof Uint8Array) rememberParts(file, filled);
      return filled;
    },
  });
  syncBuiltinESMExports();
}

function remember(to: string, value: Uint8Array): void {
  if (value.byteLength >= SECRET_BYTES) appendFileSync(to, `${Buffer.from(value).toString("base64url")}\n`);
}

/** A pool is filled at once and given away in parts (`random-pool.ts`): each part is a value of its own. */
function rememberParts(to: string, pool: Uint8Array): void {
  remember(to, pool);
  Object.defineProperty(pool, "subarray", {
    configurable: true,
    value(begin?: number, end?: number) {
      const part = Uint8Array.prototype.subarray.call(pool, begin, end);
      remember(to, part);
      return part;
    },
  });
}
