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
      if (Buffer.isBuffer(made) && made.byteLength >= SECRET_BYTES)
        appendFileSync(file, `${made.toString("base64url")}\n`);
      return made;
    },
  });
  syncBuiltinESMExports();
}
