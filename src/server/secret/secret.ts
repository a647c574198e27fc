import { inspect } from "node:util";

const REDACTED = "[secret]";

/**
 * A value that must not leave the server: it shows as `[secret]` in JSON, strings, templates, logs and inspection, and
 * superjson and React refuse to copy what it holds. `reveal` is the one way out, and easy to search for.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    onMint?.(value);
  }

  /** The value itself, for the one call that needs it. */
  reveal(): string {
    return this.#value;
  }

  toJSON(): string {
    return REDACTED;
  }

  toString(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

let onMint: ((value: string) => void) | undefined;

/** Lets a test learn every secret value as it comes to be, to look for it in whatever leaves the server. */
export function observeSecrets(observer: ((value: string) => void) | undefined): void {
  onMint = observer;
}
