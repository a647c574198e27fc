import type { ProviderLifetimes } from "./engine/provider/lifetimes.ts";
import { environmentSchema, LOOPBACK, type Variables } from "./environment.ts";
import type { SmtpSettings } from "./mail/smtp.ts";
import { unknownSettings } from "./unknown-settings.ts";

const GENERATED = "development-";

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
  /** The PostgreSQL database that keeps all state, password included; without it that is a SQLite file in the state folder. */
  databaseUrl: string | undefined;
  sealingKeys: readonly [string, ...string[]];
  client: Readonly<{ id: string; secret: string; scopes: readonly string[] }>;
  passwordGrantClients: ReadonlySet<string>;
  backchannelClients: ReadonlySet<string>;
  /** Whether people may get accounts by themselves. */
  accountRegistration: boolean;
  /** Who needs a second factor: whoever enrolled, or everybody. */
  secondFactor: Variables["TICKETGATE_SECOND_FACTOR"];
  /** How long a mailed link is good, and the server that mail leaves by; without it none is sent. */
  mail: Readonly<{ linkMs: number; smtp?: SmtpSettings }>;
  /** Client ids that nobody has to consent to. */
  firstPartyClients: ReadonlySet<string>;
  interactionMs: number;
  /** How often somebody may try to sign in within a minute; how many mails an address gets, and how often one may register clients, in an hour. */
  limits: Readonly<{
    triesPerUsername: number;
    triesPerAddress: number;
    mailsPerAddress: number;
    registrationsPerAddress: number;
  }>;
  session: Readonly<{ idleMs: number; absoluteMs: number; transactionMs: number }>;
  /** Who may register clients, and the initial access token that lets them. */
  registration: Readonly<{ access: "off" | "token" | "open"; token: string | undefined }>;
  /** Issuers whose assertions about end-users count, and where their keys are. */
  assertionIssuers: readonly Readonly<{ issuer: string; jwksUri: string }>[];
  /** Origins whose scripts may call the endpoints for browsers; `*` stands for all. */
  corsOrigins: readonly string[];
  /** Where the proxy in front puts the client's certificate; in small letters. */
  certificateHeader: string | undefined;
  engine:
    | Readonly<{
        kind: "embedded";
        serviceId: string;
        token: string;
        /** How old signing keys get, and how long they are published before they sign. */
        keys: Readonly<{ lifetimeMs: number; publicationMs: number }>;
        lifetimes: ProviderLifetimes;
        ticketMs: number;
        backend?: Readonly<{ id: string; secret: string }>;
        /** The application of the example; only in development. */
        exampleClientId?: string;
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
 * @throws ConfigurationError listing everything that is missing or wrong, variables included that begin with `TICKETGATE_` and are no
 *   settings. In production that includes every secret that was generated for development.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const unknown = unknownSettings(given).map(({ problem }) => problem);
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path[0]?.toString()}: ${issue.message}`);
    throw new ConfigurationError([...unknown, ...wrong]);
  }
  const variables = parsed.data;
  const problems = [
    ...unknown,
    ...missing(variables),
    ...contradictions(variables),
    ...(variables.NODE_ENV === "production" ? generated(given) : []),
  ];
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

function contradictions(variables: Variables): string[] {
  const isExample = variables.TICKETGATE_EXAMPLE_CLIENT_ID !== undefined;
  const hasBackend = variables.TICKETGATE_BACKEND_CLIENT_SECRET !== undefined;
  return [
    ...(isExample && variables.NODE_ENV === "production"
      ? ["TICKETGATE_EXAMPLE_CLIENT_ID: the application of the example is for development"]
      : []),
    ...(hasBackend && variables.TICKETGATE_BACKEND_CLIENT_ID === variables.TICKETGATE_CLIENT_ID
      ? ["TICKETGATE_BACKEND_CLIENT_ID: must not be that of TICKETGATE_CLIENT_ID"]
      : []),
    ...(variables.TICKETGATE_REGISTRATION === "token" && variables.TICKETGATE_REGISTRATION_TOKEN === undefined
      ? [
          `TICKETGATE_REGISTRATION_TOKEN is missing: ${environmentSchema.shape.TICKETGATE_REGISTRATION_TOKEN.description}`,
        ]
      : []),
    ...((variables.TICKETGATE_SMTP_URL === undefined) !== (variables.TICKETGATE_MAIL_FROM === undefined)
      ? ["TICKETGATE_SMTP_URL and TICKETGATE_MAIL_FROM: mail takes both"]
      : []),
    ...(variables.TICKETGATE_SESSION_IDLE_SECONDS > variables.TICKETGATE_SESSION_ABSOLUTE_SECONDS
      ? ["TICKETGATE_SESSION_IDLE_SECONDS: must not be longer than TICKETGATE_SESSION_ABSOLUTE_SECONDS"]
      : []),
  ];
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
    databaseUrl: variables.DATABASE_URL,
    sealingKeys: present("TICKETGATE_SEALING_KEYS") as [string, ...string[]],
    client: { id: variables.TICKETGATE_CLIENT_ID, secret: present("TICKETGATE_CLIENT_SECRET"), scopes },
    passwordGrantClients: new Set(variables.TICKETGATE_PASSWORD_GRANT_CLIENTS),
    backchannelClients: new Set(variables.TICKETGATE_CIBA_CLIENTS),
    accountRegistration: variables.TICKETGATE_ACCOUNT_REGISTRATION === "open",
    secondFactor: variables.TICKETGATE_SECOND_FACTOR,
    mail: mailSettings(variables),
    firstPartyClients: new Set(variables.TICKETGATE_FIRST_PARTY_CLIENTS),
    interactionMs: variables.TICKETGATE_INTERACTION_SECONDS * 1000,
    limits: {
      triesPerUsername: variables.TICKETGATE_TRIES_PER_USERNAME,
      triesPerAddress: variables.TICKETGATE_TRIES_PER_ADDRESS,
      mailsPerAddress: variables.TICKETGATE_MAILS_PER_ADDRESS,
      registrationsPerAddress: variables.TICKETGATE_REGISTRATIONS_PER_ADDRESS,
    },
    session: {
      idleMs: variables.TICKETGATE_SESSION_IDLE_SECONDS * 1000,
      absoluteMs: variables.TICKETGATE_SESSION_ABSOLUTE_SECONDS * 1000,
      transactionMs: variables.TICKETGATE_TRANSACTION_SECONDS * 1000,
    },
    registration: {
      access: variables.TICKETGATE_REGISTRATION ?? (variables.NODE_ENV === "production" ? "off" : "open"),
      token: variables.TICKETGATE_REGISTRATION_TOKEN,
    },
    assertionIssuers: variables.TICKETGATE_ASSERTION_ISSUERS,
    corsOrigins: variables.TICKETGATE_CORS_ORIGINS,
    certificateHeader: variables.TICKETGATE_CERTIFICATE_HEADER,
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
          keys: {
            lifetimeMs: variables.TICKETGATE_KEY_LIFETIME_SECONDS * 1000,
            publicationMs: variables.TICKETGATE_KEY_PUBLICATION_SECONDS * 1000,
          },
          lifetimes: lifetimes(variables),
          ticketMs: variables.TICKETGATE_TICKET_SECONDS * 1000,
          ...(variables.TICKETGATE_EXAMPLE_CLIENT_ID === undefined
            ? {}
            : { exampleClientId: variables.TICKETGATE_EXAMPLE_CLIENT_ID }),
          ...(backendSecret === undefined
            ? {}
            : { backend: { id: variables.TICKETGATE_BACKEND_CLIENT_ID, secret: backendSecret } }),
        },
    logLevel: variables.LOG_LEVEL,
  };
}

function lifetimes(variables: Variables): ProviderLifetimes {
  return {
    accessToken: variables.TICKETGATE_ACCESS_TOKEN_SECONDS,
    refreshToken: variables.TICKETGATE_REFRESH_TOKEN_SECONDS,
    idToken: variables.TICKETGATE_ID_TOKEN_SECONDS,
    code: variables.TICKETGATE_CODE_SECONDS,
    authorizationResponse: variables.TICKETGATE_CODE_SECONDS,
    pushedRequest: variables.TICKETGATE_PAR_SECONDS,
    device: variables.TICKETGATE_DEVICE_SECONDS,
    backchannel: variables.TICKETGATE_CIBA_SECONDS,
  };
}

function mailSettings(variables: Variables): Config["mail"] {
  const { TICKETGATE_SMTP_URL: url, TICKETGATE_MAIL_FROM: from } = variables;
  const linkMs = variables.TICKETGATE_MAIL_LINK_SECONDS * 1000;
  if (url === undefined || from === undefined) return { linkMs };
  return { linkMs, smtp: { url, from, isLocal: LOOPBACK.has(new URL(url.reveal()).hostname) } };
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
