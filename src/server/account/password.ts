import { hash, type Options, verify } from "@node-rs/argon2";

/** Hashes and verifies passwords. */
export interface Passwords {
  /**
   * Hashes any password that is not too long to be hashed: what a new one has to be is said by `passwordFault`.
   *
   * @throws RangeError when it is too long.
   */
  hash(password: string): Promise<string>;
  /** `undefined` in place of a hash costs the same work and gives `false` (threat T24). */
  verify(passwordHash: string | undefined, password: string): Promise<boolean>;
}

/** In UTF-8. Long enough for any sentence, short enough that hashing it is not an attack. */
export const MAXIMUM_PASSWORD_BYTES = 1024;

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const ARGON2ID: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of a random value that nobody kept, at the same cost as a real one. */
const DUMMY_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$HhKqZQBco5PnZLGLAW9GTw$L5pQvUTxta0HGdcYtGgkS+IwThzPG7KQoDnRAqzobg8";

const DEFAULT_CONCURRENCY = 4;
const DEFAULT_WAITING = 256;

const QUEUE_FULL = "PasswordQueueFullError";

/** Too many passwords are waiting to be hashed. */
export class PasswordQueueFullError extends Error {
  constructor() {
    super("Too many passwords are waiting to be hashed.");
    this.name = QUEUE_FULL;
  }

  /** By name: the front door and Next's bundles each have their own copy of this module. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === QUEUE_FULL;
  }
}

/**
 * Makes the hashing of passwords with argon2id.
 *
 * @param options.concurrency how many are hashed at once: each takes 19 MiB and a core.
 * @param options.waiting how many more may wait; beyond that calls reject with PasswordQueueFullError.
 */
export function createPasswords(options: { concurrency?: number; waiting?: number } = {}): Passwords {
  const inTurn = createTurns(options.concurrency ?? DEFAULT_CONCURRENCY, options.waiting ?? DEFAULT_WAITING);
  return {
    async hash(password) {
      const prepared = preparePassword(password);
      if (isTooLong(prepared)) {
        throw new RangeError(`A password has at most ${MAXIMUM_PASSWORD_BYTES} bytes.`);
      }
      return inTurn(() => hash(prepared, ARGON2ID));
    },
    async verify(passwordHash, password) {
      const prepared = preparePassword(password);
      const refused = passwordHash === undefined || isTooLong(prepared);
      const compared = refused ? DUMMY_HASH : passwordHash;
      const same = await inTurn(() => verify(compared, isTooLong(prepared) ? "" : prepared));
      return same && !refused;
    },
  };
}

/**
 * The form in which a password is hashed, so that it can be typed on any keyboard: blanks of every kind become U+0020
 * (RFC 8265 4.2.2), then compatibility composition (NFKC, SP 800-63B-4 3.1.1.2). Nothing is cut off.
 */
export function preparePassword(password: string): string {
  return password.replace(/\p{Zs}/gu, " ").normalize("NFKC");
}

function isTooLong(prepared: string): boolean {
  return Buffer.byteLength(prepared) > MAXIMUM_PASSWORD_BYTES;
}

/** Lets `limit` works run at a time, the others in the order they came. */
function createTurns(limit: number, waitingLimit: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= limit) {
      if (waiting.length >= waitingLimit) throw new PasswordQueueFullError();
      await new Promise<void>((turn) => waiting.push(turn));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      // The turn passes on: `running` counts it still.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
