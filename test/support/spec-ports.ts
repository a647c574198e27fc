import type { AttemptLimit } from "../../src/server/account/attempt-limit.ts";
import type { VerifiedSubject } from "../../src/server/account/directory.ts";
import type { Authlete, OperationName, Request, Response } from "../../src/server/authlete/operations.ts";
import type { FlowPorts } from "../../src/server/flow/ports.ts";
import type { LogFields } from "../../src/server/log.ts";
import { createKeyring } from "../../src/server/secret/keyring.ts";

/** What an operation of the scripted engine does when it is called. */
export type Script = { [Name in OperationName]?: (request: Request<Name>) => Response<Name> };

/** A call that reached the scripted engine or the scripted account directory. */
export type Call = { name: OperationName | "accounts.verifyPassword"; request: unknown };

export type LogEntry = { level: "debug" | "info" | "warn" | "error"; event: string; fields: LogFields };

/**
 * Ports around an engine that answers what a test says: for actions and failures that the real engine gives no way to cause. An
 * operation without a script rejects, so a test fails when something is called that it does not expect.
 */
export function scriptedPorts(options: {
  script?: Script;
  passwordGrantClients?: string[];
  verifyPassword?: (username: string, password: string) => Promise<string | undefined>;
  attempts?: AttemptLimit;
  now?: () => number;
}) {
  const calls: Call[] = [];
  const log: LogEntry[] = [];
  const at =
    (level: LogEntry["level"]) =>
    (event: string, fields: LogFields = {}) =>
      void log.push({ level, event, fields });
  const ports: FlowPorts = {
    authlete: scriptedAuthlete(options.script ?? {}, calls),
    accounts: {
      verifyPassword: async (username, password) => {
        calls.push({ name: "accounts.verifyPassword", request: { username, password } });
        return (await options.verifyPassword?.(username, password)) as VerifiedSubject | undefined;
      },
      find: async () => undefined,
      findByHint: async () => undefined,
      claimsOf: async () => undefined,
    },
    registrations: { consume: async () => 0 },
    attempts: options.attempts ?? { consume: async () => 0, clear: async () => {} },
    transactions: unused("transactions"),
    sessions: unused("sessions"),
    interactions: unused("interactions"),
    sessionClients: unused("sessionClients"),
    sendLogoutNotices: async () => {},
    deviceRequesters: { put: async () => {}, find: async () => undefined },
    nonces: unused("nonces"),
    backchannelRequests: unused("backchannelRequests"),
    notifyClient: async () => {},
    assertions: { verify: async () => undefined },
    keyring: createKeyring(["scripted".repeat(4)], {
      purpose: "test",
      random: (bytes) => new Uint8Array(bytes),
    }),
    clock: options.now ?? (() => Date.UTC(2026, 0, 1)),
    random: (bytes) => new Uint8Array(bytes).fill(7),
    log: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") },
    settings: {
      client: { id: "1001", secret: "first-party", scopes: [] },
      production: true,
      origin: "https://gate.example",
      addressHeader: undefined,
      certificateHeader: undefined,
      registration: { access: "open", token: undefined },
      passwordGrantClients: new Set(options.passwordGrantClients ?? []),
      backchannelClients: new Set(),
      session: { idleMs: 1, absoluteMs: 1, transactionMs: 1 },
      firstPartyClients: new Set(),
      interactionMs: 1,
    },
  };
  return { ports, calls, log };
}

function scriptedAuthlete(script: Script, calls: Call[]): Authlete {
  return new Proxy({} as Authlete, {
    get: (_, name: OperationName) => async (request: never) => {
      calls.push({ name, request });
      const operation = script[name] as ((request: never) => never) | undefined;
      if (!operation) throw new Error(`The engine was asked for ${name}.`);
      return operation(request);
    },
  });
}

function unused<Port extends object>(port: string): Port {
  return new Proxy({} as Port, {
    get: () => () => Promise.reject(new Error(`An OAuth endpoint used ${port}.`)),
  });
}

/** A form request as a client application sends it. */
export function formRequest(
  parameters: Record<string, string> | string,
  options: { path?: string; headers?: Record<string, string> } = {},
): globalThis.Request {
  return new globalThis.Request(`https://gate.example${options.path ?? "/oauth/token"}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...options.headers },
    body: typeof parameters === "string" ? parameters : new URLSearchParams(parameters).toString(),
  });
}
