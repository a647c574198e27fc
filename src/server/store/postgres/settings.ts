import { type ClientConfig, type PoolConfig, types } from "pg";

/** The object identifier of `bigint`. */
const INT8 = 20;

const LOCAL = new Set(["localhost", "127.0.0.1", "[::1]", "::1"]);

/** How long a connection may take, and waiting for a free one (milliseconds). */
const CONNECT_MS = 5_000;

/** How long anything else may take before it counts as failed (milliseconds). */
const limits = {
  /** At the server, waiting for locks included. */
  statement_timeout: 5_000,
  /** Here, should the network be gone. */
  query_timeout: 10_000,
  /** What a process that disappeared without a word may hold its locks for. */
  idle_in_transaction_session_timeout: 10_000,
} as const;

/**
 * What one connection to a database takes. A server on another machine is reached over TLS, and its certificate is
 * checked, unless the URL says something else with `sslmode`. Whole numbers of 64 bits arrive as numbers.
 *
 * @param url `postgres://user:password@host:port/database`, with the parameters that `pg` knows.
 * @throws TypeError without a word about the URL when it is not one.
 */
export function clientSettings(url: string): ClientConfig {
  return {
    connectionString: url,
    fallback_application_name: "ticketgate",
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    types: { getTypeParser },
    ...(saysTls(url) || LOCAL.has(hostOf(url)) || hostOf(url).startsWith("/") ? {} : { ssl: true }),
  };
}

/** The same for the pool of a store. */
export function poolSettings(url: string): PoolConfig {
  return { ...clientSettings(url), ...limits, max: 10, idleTimeoutMillis: 60_000 };
}

/** How a database is called in messages: host and name, never the user, the password or a parameter. */
export function shownDatabase(url: string): string {
  if (!URL.canParse(url)) return "of DATABASE_URL";
  const { pathname, port } = new URL(url);
  return `${hostOf(url)}${port === "" ? "" : `:${port}`}${decoded(pathname)}`;
}

function hostOf(url: string): string {
  const { searchParams, hostname } = parsed(url);
  return searchParams.get("host") ?? decoded(hostname);
}

function saysTls(url: string): boolean {
  const { searchParams } = parsed(url);
  return searchParams.has("sslmode") || searchParams.has("ssl");
}

function parsed(url: string): URL {
  if (!URL.canParse(url)) throw new TypeError("This is not the URL of a PostgreSQL database.");
  return new URL(url);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const getTypeParser: typeof types.getTypeParser = (oid: number, format?: "text" | "binary") =>
  oid === INT8 && format !== "binary" ? Number : types.getTypeParser(oid, format as "text");
