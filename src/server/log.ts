import { redact } from "./secret/redact.ts";

/** Fields of a log event. Values are plain; a `Secret` shows as `[secret]`. */
export type LogFields = Record<string, unknown>;

/** Writes events, one JSON line each, in UTC. Never give it a token, ticket, handle, cookie or password. */
export type Log = {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
};

const levels = { debug: 10, info: 20, warn: 30, error: 40, silent: 50 } as const;

/** Names under which a secret might travel by mistake; their values are never written. */
const FORBIDDEN =
  /^(.*(password|secret|cookie|authorization|sealed\w*|assertion)|.*tokens?|ticket|handle|authorization_?code|binding|responseContent|parameters|jwt\w*)$/i;

/** Who and which: chosen by us or by an administrator, and a log is no use without them. */
const IDENTIFIERS: ReadonlySet<string> = new Set([
  "time",
  "level",
  "event",
  "subject",
  "authenticated",
  "clientId",
  "correlationId",
]);

/**
 * Makes a log. Every line is JSON without control characters and line breaks of any kind, so that nobody can forge a line or steer a
 * terminal. Secrets are left out by the name of their field, and by their look in every text (threat T18).
 *
 * @param options.level the least important level that is written.
 * @param options.clock milliseconds since the epoch.
 * @param options.write takes one line, without its line break.
 */
export function createLog(options: {
  level: keyof typeof levels;
  clock: () => number;
  write: (line: string) => void;
}): Log {
  const at =
    (level: Exclude<keyof typeof levels, "silent">) =>
    (event: string, fields: LogFields = {}) => {
      if (levels[level] < levels[options.level]) return;
      options.write(line({ time: new Date(options.clock()).toISOString(), level, event }, fields));
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** A value that JSON cannot hold (a cycle, a getter that throws) must not make a failure out of what is only told. */
function line(head: LogFields, fields: LogFields): string {
  try {
    return printable(JSON.stringify({ ...head, ...fields }, plain));
  } catch {
    return printable(JSON.stringify({ ...head, unwritable: Object.keys(fields) }));
  }
}

/** What JSON leaves as it is although it breaks lines, steers terminals or changes the direction of text. */
function printable(json: string): string {
  return json.replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function plain(name: string, value: unknown): unknown {
  if (typeof value === "string") return withoutSecrets(name, value);
  if (value instanceof SyntaxError) return withoutQuotation(value);
  if (value instanceof Error)
    return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
  if (typeof value === "bigint") return value.toString();
  return value;
}

/** The words of a SyntaxError quote what could not be read: of a request, whatever its sender wants to see in the log. Its place stays. */
function withoutQuotation({ name, message, stack = "" }: SyntaxError): LogFields {
  const end = stack.indexOf(message) + message.length;
  return {
    name,
    message: "[not written: it may quote what was read]",
    stack: stack.includes(message) ? stack.slice(end + 1) : undefined,
  };
}

function withoutSecrets(name: string, text: string): string {
  if (FORBIDDEN.test(name)) return "[redacted]";
  return IDENTIFIERS.has(name) ? text : redact(text);
}
