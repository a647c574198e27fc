import { z } from "zod";

const SECRET_LENGTH = 32;
const GENERATED = "development-";
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

const secret = z.string().min(SECRET_LENGTH, `must have at least ${SECRET_LENGTH} characters`);
const seconds = z.coerce.number().int().positive();
const list = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean));

/** A URL without credentials, query and fragment that nobody on the way can read: https, or http on this machine. */
function safeUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const secure = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.has(url.hostname));
  return secure && !/[?#@\s\\]/.test(text) ? url : undefined;
}

const origin = z.string().transform((text, context) => {
  const url = safeUrl(text);
  if (url?.pathname === "/") return url.origin;
  context.addIssue({
    code: "custom",
    message: "must be an https origin such as https://login.example.com (http only for localhost)",
  });
  return z.NEVER;
});

/** Every environment variable that Ticketgate reads. The README's table is compared with this in a test. */
export const environmentSchema = z.object({
  NODE_ENV: z
    .enum(["development", "test", "production"])
    .default("production")
    .describe("Mode. `npm run dev` and `npm start` set it."),
  HOST: z.string().default("127.0.0.1").describe("Address to listen on."),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe("Port to listen on."),
  TICKETGATE_ORIGIN: origin
    .optional()
    .describe("The public origin of this server: issuer, and the only origin whose pages may call it."),
  TICKETGATE_ADDRESS_HEADER: z
    .string()
    .regex(/^[\w-]{1,64}$/, "must be the name of a header")
    .toLowerCase()
    .optional()
    .describe(
      "Header in which the proxy in front puts the caller's address, such as `x-real-ip`; of a list the last one counts. Without it tries to sign in are limited by user name only.",
    ),
  TICKETGATE_STATE_DIR: z
    .string()
    .default(".ticketgate")
    .describe("Folder of the SQLite database and of generated development secrets."),
  TICKETGATE_SEALING_KEYS: list
    .pipe(z.array(secret).min(1))
    .optional()
    .describe("Keys that seal what is stored, newest first, separated by commas."),
  TICKETGATE_CLIENT_ID: z
    .string()
    .regex(/^[1-9]\d{0,15}$/, "must be a number")
    .default("1001")
    .describe("Client id of Ticketgate's own sign-in at the engine."),
  TICKETGATE_CLIENT_SECRET: secret
    .optional()
    .describe("Client secret of Ticketgate's own sign-in at the engine."),
  TICKETGATE_SCOPES: list.default(["profile", "email"]).describe("Scopes that the sign-in asks for."),
  TICKETGATE_SERVICE_ID: z
    .string()
    .regex(/^[1-9]\d{0,15}$/, "must be a number")
    .default("1")
    .describe("Service id of the embedded engine."),
  TICKETGATE_ENGINE_TOKEN: secret.optional().describe("Bearer token for the Web API of the embedded engine."),
  TICKETGATE_BACKEND_CLIENT_ID: z
    .string()
    .regex(/^[1-9]\d{0,15}$/, "must be a number")
    .default("2001")
    .describe("Client id of a back end that may call `token.issue`."),
  TICKETGATE_BACKEND_CLIENT_SECRET: secret
    .optional()
    .describe("Client secret of that back end. Without it the embedded engine has no such client."),
  TICKETGATE_PASSWORD_GRANT_CLIENTS: list
    .default([])
    .describe(
      "Client ids that may use the password grant at `/oauth/token`. None unless listed (RFC 9700 2.4).",
    ),
  TICKETGATE_SESSION_IDLE_SECONDS: seconds
    .default(1800)
    .describe("A session ends after this long without use."),
  TICKETGATE_SESSION_ABSOLUTE_SECONDS: seconds
    .default(43200)
    .describe("A session ends after this long in any case."),
  TICKETGATE_TRANSACTION_SECONDS: seconds
    .default(600)
    .describe("A sign-in that was begun has to be finished within this time."),
  AUTHLETE_BASE_URL: z
    .string()
    .refine((text) => safeUrl(text) !== undefined, "must be an https URL (http only for localhost)")
    .optional()
    .describe("The Authlete cloud, for example https://us.authlete.com. Switches the embedded engine off."),
  AUTHLETE_SERVICE_ID: z
    .string()
    .regex(/^\d+$/, "must be a number")
    .optional()
    .describe("Service id in the Authlete cloud."),
  AUTHLETE_API_TOKEN: z.string().min(1).optional().describe("Service access token for the Authlete cloud."),
  AUTHLETE_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .positive()
    .default(5000)
    .describe("How long one call of the Authlete cloud may take, in milliseconds."),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"])
    .default("info")
    .describe("The least important log line that is written."),
});

type Variables = z.infer<typeof environmentSchema>;

/** What the environment says, checked and named for the code. Durations carry their unit. */
export type Config = Readonly<{
  production: boolean;
  host: string;
  port: number;
  /** Scheme, host and port as browsers see them. */
  origin: string;
  /** The origins whose pages may call: the origin and, on loopback, its other spellings. */
  trustedOrigins: readonly string[];
  /** Where the proxy in front says who calls; in small letters. */
  addressHeader: string | undefined;
  stateDirectory: string;
  sealingKeys: readonly [string, ...string[]];
  client: Readonly<{ id: string; secret: string; scopes: readonly string[] }>;
  passwordGrantClients: ReadonlySet<string>;
  session: Readonly<{ idleMs: number; absoluteMs: number; transactionMs: number }>;
  engine:
    | Readonly<{
        kind: "embedded";
        serviceId: string;
        token: string;
        backend?: Readonly<{ id: string; secret: string }>;
      }>
    | Readonly<{ kind: "cloud"; baseUrl: string; serviceId: string; token: string; timeoutMs: number }>;
  logLevel: Variables["LOG_LEVEL"];
}>;

/** The configuration is wrong: one line for each variable, with names and never values. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not complete:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "ConfigurationError";
    this.problems = problems;
  }
}

/**
 * Turns environment variables into the configuration. Pure: reads nothing but its argument.
 *
 * @param env variables by name; an empty text counts as absent.
 * @returns the frozen configuration.
 * @throws ConfigurationError listing everything that is missing or wrong. In production that includes every
 *   secret that was generated for development.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigurationError(
      parsed.error.issues.map((issue) => `${issue.path[0]?.toString()}: ${issue.message}`),
    );
  }
  const variables = parsed.data;
  const problems = [...missing(variables), ...(variables.NODE_ENV === "production" ? generated(given) : [])];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return Object.freeze(named(variables));
}

const cloudVariables = ["AUTHLETE_BASE_URL", "AUTHLETE_SERVICE_ID", "AUTHLETE_API_TOKEN"] as const;

function usesCloud(variables: Variables): boolean {
  return cloudVariables.some((name) => variables[name] !== undefined);
}

function missing(variables: Variables): string[] {
  const required = [
    "TICKETGATE_SEALING_KEYS",
    "TICKETGATE_CLIENT_SECRET",
    ...(variables.NODE_ENV === "production" ? (["TICKETGATE_ORIGIN"] as const) : []),
    ...(usesCloud(variables) ? cloudVariables : (["TICKETGATE_ENGINE_TOKEN"] as const)),
  ] as const;
  return required
    .filter((name) => variables[name] === undefined)
    .map((name) => `${name} is missing: ${environmentSchema.shape[name].description}`);
}

function generated(given: Record<string, string | undefined>): string[] {
  return Object.keys(environmentSchema.shape)
    .filter((name) => given[name]?.split(/[\s,]+/).some((value) => value.startsWith(GENERATED)))
    .map((name) => `${name} was generated for development: set one of your own`);
}

function named(variables: Variables): Config {
  const ownOrigin = variables.TICKETGATE_ORIGIN ?? `http://localhost:${variables.PORT}`;
  const scopes = variables.TICKETGATE_SCOPES;
  const present = <Name extends keyof Variables>(name: Name) =>
    variables[name] as NonNullable<Variables[Name]>;
  const backendSecret = variables.TICKETGATE_BACKEND_CLIENT_SECRET;
  return {
    production: variables.NODE_ENV === "production",
    host: variables.HOST,
    port: variables.PORT,
    origin: ownOrigin,
    trustedOrigins: spellings(ownOrigin),
    addressHeader: variables.TICKETGATE_ADDRESS_HEADER,
    stateDirectory: variables.TICKETGATE_STATE_DIR,
    sealingKeys: present("TICKETGATE_SEALING_KEYS") as [string, ...string[]],
    client: { id: variables.TICKETGATE_CLIENT_ID, secret: present("TICKETGATE_CLIENT_SECRET"), scopes },
    passwordGrantClients: new Set(variables.TICKETGATE_PASSWORD_GRANT_CLIENTS),
    session: {
      idleMs: variables.TICKETGATE_SESSION_IDLE_SECONDS * 1000,
      absoluteMs: variables.TICKETGATE_SESSION_ABSOLUTE_SECONDS * 1000,
      transactionMs: variables.TICKETGATE_TRANSACTION_SECONDS * 1000,
    },
    engine: usesCloud(variables)
      ? {
          kind: "cloud",
          baseUrl: present("AUTHLETE_BASE_URL"),
          serviceId: present("AUTHLETE_SERVICE_ID"),
          token: present("AUTHLETE_API_TOKEN"),
          timeoutMs: variables.AUTHLETE_TIMEOUT_MS,
        }
      : {
          kind: "embedded",
          serviceId: variables.TICKETGATE_SERVICE_ID,
          token: present("TICKETGATE_ENGINE_TOKEN"),
          ...(backendSecret === undefined
            ? {}
            : { backend: { id: variables.TICKETGATE_BACKEND_CLIENT_ID, secret: backendSecret } }),
        },
    logLevel: variables.LOG_LEVEL,
  };
}

/** On loopback a browser may spell the same server three ways. */
function spellings(ownOrigin: string): string[] {
  const url = new URL(ownOrigin);
  if (!LOOPBACK.has(url.hostname)) return [ownOrigin];
  return [...LOOPBACK].map((host) => Object.assign(new URL(ownOrigin), { hostname: host }).origin);
}

/** The variables of this process. The only place in the program that looks at them. */
export function processEnvironment(): Record<string, string | undefined> {
  return { ...process.env };
}

/** Fixes the mode of this process before Next and React are loaded: they look at it as they load. */
export function setMode(mode: "development" | "production"): void {
  Object.assign(process.env, { NODE_ENV: mode });
}

/** Marks a secret as made for development, so that production can refuse it. */
export function developmentSecret(value: string): string {
  return `${GENERATED}${value}`;
}
