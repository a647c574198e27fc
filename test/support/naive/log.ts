import { inspect } from "node:util";
import type { Log, LogFields } from "../../../src/server/log.ts";

/** A log that people like to read: a line of text for each event, with everything that is known of it. */
export function createNaiveLog(write: (line: string) => void): Log {
  const at =
    (level: string) =>
    (event: string, fields: LogFields = {}) =>
      write(
        [level, event, ...Object.entries(fields).map(([name, value]) => `${name}=${shown(value)}`)].join(" "),
      );
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

function shown(value: unknown): string {
  return typeof value === "string"
    ? value
    : inspect(value, { depth: 9, breakLength: Number.POSITIVE_INFINITY });
}
