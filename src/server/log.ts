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

/**
 * Makes a log. Line breaks and control characters cannot forge a line, because every line is JSON.
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
      options.write(
        JSON.stringify({ time: new Date(options.clock()).toISOString(), level, event, ...fields }, plain),
      );
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

function plain(name: string, value: unknown): unknown {
  if (name !== "" && typeof value === "string" && FORBIDDEN.test(name)) return "[redacted]";
  if (value instanceof Error)
    return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
  if (typeof value === "bigint") return value.toString();
  return value;
}
