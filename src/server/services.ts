import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Agent, fetch } from "undici";
import { insertAccount, newSubject } from "./account/add-account.ts";
import { createAddressLimit } from "./account/address-limit.ts";
import { createAccountDirectory } from "./account/argon2-directory.ts";
import { createAttemptLimit } from "./account/attempt-limit.ts";
import { demoAccount } from "./account/demo-account.ts";
import { createPasswords } from "./account/password.ts";
import { createAssertionVerifier } from "./assertion/verifier.ts";
import { createAuthleteClient } from "./authlete/http-client.ts";
import type { Authlete } from "./authlete/operations.ts";
import { createClientNotifier } from "./back-channel/client-notifier.ts";
import { createNotices } from "./back-channel/notices.ts";
import { type Config, processEnvironment, readConfig } from "./config.ts";
import { type Development, developmentState } from "./development.ts";
import { type EmbeddedEnginePorts, openEmbeddedEngine } from "./embedded-engine.ts";
import type { Engine } from "./engine/engine.ts";
import type { FlowPorts } from "./flow/ports.ts";
import { CODE_WINDOW_MINUTES } from "./flow/second-factor/second-factors.ts";
import { checkJwkSet } from "./jwks/check-document.ts";
import { createDocumentFetcher } from "./jwks/document-fetcher.ts";
import { createPinnedRequest } from "./jwks/pinned-request.ts";
import { resolveHost } from "./jwks/resolve-host.ts";
import { createLog, type Log } from "./log.ts";
import type { Outbox } from "./mail/mail.ts";
import { createMailbox, type Mailbox } from "./mail/mailbox.ts";
import { createOutbox } from "./mail/outbox.ts";
import { createSmtpMailer } from "./mail/smtp.ts";
import { createKeyring } from "./secret/keyring.ts";
import { createRandomPool } from "./secret/random-pool.ts";
import { openStore, type Store, type StorePlace } from "./store/open.ts";

const CLEANUP_INTERVAL_MS = 60_000;
const CLEANUP_ROWS = 1_000;
const MAIL_WINDOW_SECONDS = 3_600;
const REGISTRATION_WINDOW_SECONDS = 3_600;
/** Three of a million codes are good at a time: who knows the password guesses one in the better part of a year. */
const CODE_LIMITS = { perUsername: 10, perAddress: 10, windowSeconds: CODE_WINDOW_MINUTES * 60 };

/** Everything a running Ticketgate is made of. */
export type Services = FlowPorts & {
  config: Config;
  /** The embedded engine; absent when the engine is the Authlete cloud. */
  engine: Engine | undefined;
  store: Store;
  /** The demo user of a development checkout; absent in production. */
  demoUser: Development["demoUser"] | undefined;
  /** Where mail lands in a development checkout; absent in production, and where mail is sent. */
  mailbox: Mailbox | undefined;
  close(): Promise<void>;
};

/** What is not as in a server that starts: for commands, and for tests. */
export type Overrides = Partial<Pick<FlowPorts, "clock" | "random" | "log" | "authlete" | "attempts">> & {
  demoUser?: Development["demoUser"];
  /** Path of a SQLite database, whatever the configuration says; `:memory:` keeps nothing. */
  database?: string;
  /** Whether what the embedded engine has stored becomes what is configured, as it does unless this is `false`. */
  followsConfiguration?: boolean;
};

/**
 * Puts the parts together: configuration -> store, engine, accounts, log. The only function that knows them all.
 *
 * @throws ConfigurationError, or an error that names the database, when the store cannot be opened.
 */
export async function openServices(config: Config, overrides: Overrides = {}): Promise<Services> {
  const clock = overrides.clock ?? Date.now;
  const random = overrides.random ?? createRandomPool();
  const log = overrides.log ?? createLog({ level: config.logLevel, clock, write: writeLine });
  const store = await openStore({
    ...(overrides.database === undefined ? storePlace(config) : { file: overrides.database }),
    clock,
    random,
    keyring: createKeyring(config.sealingKeys, { purpose: "store", random }),
  });
  const { engine, authlete, stop } = await openEngine(
    config,
    { store, clock, random, log },
    { followsConfiguration: overrides.followsConfiguration ?? true },
  );
  if (overrides.demoUser) await addDemoUser(overrides.demoUser, { store, clock, random });
  const passwords = createPasswords();
  const { mailbox, outbox } = openMail(config, { clock, log });
  if (!outbox) log.warn("mail.off", { off: ["registration", "password reset", "e-mail verification"] });
  const cleanup = setInterval(() => void removeExpired(store, clock, log), CLEANUP_INTERVAL_MS).unref();
  const sendLogoutNotices = createNotices({
    authlete: overrides.authlete ?? authlete,
    clock,
    random,
    log,
    resolve: resolveHost,
    request: createPinnedRequest(),
    allowPrivateAddresses: !config.production,
  });
  return {
    config,
    engine,
    store,
    sendLogoutNotices,
    notifyClient: createClientNotifier({
      resolve: resolveHost,
      request: createPinnedRequest(),
      allowPrivateAddresses: !config.production,
    }),
    demoUser: overrides.demoUser,
    authlete: overrides.authlete ?? authlete,
    accounts: createAccountDirectory({ accounts: store.accounts, passwords }),
    selfService: {
      accounts: store.accounts,
      tokens: store.accountTokens,
      passwords,
      outbox,
      mailAttempts: overrides.attempts ?? createAttemptLimit(mailLimits(config)),
      registration: config.accountRegistration,
      origin: config.origin,
      linkMs: config.mail.linkMs,
    },
    secondFactors: {
      factors: store.factors,
      setups: store.factorSetups,
      policy: config.secondFactor,
      codeAttempts: overrides.attempts ?? createAttemptLimit(CODE_LIMITS),
    },
    mailbox,
    attempts: overrides.attempts ?? createAttemptLimit(tryLimits(config)),
    registrations: createAddressLimit({
      perAddress: config.limits.registrationsPerAddress,
      windowSeconds: REGISTRATION_WINDOW_SECONDS,
    }),
    transactions: store.transactions,
    sessions: store.sessions,
    interactions: store.interactions,
    sessionClients: store.sessionClients,
    backchannelRequests: store.backchannelRequests,
    deviceRequesters: store.deviceRequesters,
    nonces: store.nonces,
    assertions: createAssertionVerifier({
      issuers: config.assertionIssuers,
      clock,
      fetchJwks: createDocumentFetcher({
        check: checkJwkSet,
        clock,
        resolve: resolveHost,
        request: createPinnedRequest(),
        allowPrivateAddresses: !config.production,
      }),
    }),
    keyring: createKeyring(config.sealingKeys, { purpose: "session", random }),
    clock,
    random,
    log,
    settings: {
      client: config.client,
      production: config.production,
      origin: config.origin,
      addressHeader: config.addressHeader,
      certificateHeader: config.certificateHeader,
      registration: config.registration,
      passwordGrantClients: config.passwordGrantClients,
      backchannelClients: config.backchannelClients,
      session: config.session,
      firstPartyClients: config.firstPartyClients,
      interactionMs: config.interactionMs,
    },
    async close() {
      clearInterval(cleanup);
      await outbox?.close();
      await stop();
      await store.close();
    },
  };
}

async function openEngine(
  config: Config,
  ports: EmbeddedEnginePorts,
  options: { followsConfiguration: boolean },
): Promise<{ engine: Engine | undefined; authlete: Authlete; stop: () => Promise<void> }> {
  if (config.engine.kind === "cloud") {
    const { baseUrl, serviceId, token, timeoutMs } = config.engine;
    const dispatcher = new Agent({ keepAliveTimeout: 30_000 });
    const authlete = createAuthleteClient({
      baseUrl,
      serviceId,
      token,
      timeoutMs,
      fetch: (url, options) => fetch(url, { ...options, dispatcher }),
    });
    return { engine: undefined, authlete, stop: () => dispatcher.close() };
  }
  const { engine, stop } = await openEmbeddedEngine({ ...config, engine: config.engine }, ports, options);
  return { engine, authlete: engine, stop: async () => stop() };
}

/** Without a server that mail leaves by, a development checkout keeps its mail for a page, and production sends none. */
function openMail(
  { production, mail: { smtp } }: Config,
  { clock, log }: { clock: () => number; log: Log },
): { mailbox: Mailbox | undefined; outbox: Outbox | undefined } {
  const mailbox = smtp || production ? undefined : createMailbox(clock);
  const mailer = smtp ? createSmtpMailer(smtp) : mailbox;
  return { mailbox, outbox: mailer && createOutbox({ mailer, log, sleep }) };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The demo user of a checkout from before a rule for passwords stays who it is. */
async function addDemoUser(
  { username, name, password }: Development["demoUser"],
  { store, clock, random }: { store: Store; clock: () => number; random: (bytes: number) => Uint8Array },
): Promise<void> {
  const { accounts } = store;
  if (await accounts.findByUsername(username)) return;
  const passwordHash = await createPasswords().hash(password);
  const subject = newSubject(random);
  await insertAccount({ accounts, clock }, { subject, username, name, passwordHash, ...demoAccount });
}

async function removeExpired(store: Store, clock: () => number, log: Log): Promise<void> {
  try {
    await store.removeExpired(clock(), CLEANUP_ROWS);
  } catch (error) {
    log.error("store.cleanup_failed", { error });
  }
}

function tryLimits({ limits }: Config) {
  return { perUsername: limits.triesPerUsername, perAddress: limits.triesPerAddress };
}

/** A mail is counted by who gets it and by who asks for it. */
function mailLimits({ limits }: Config) {
  return {
    perUsername: limits.mailsPerAddress,
    perAddress: limits.triesPerAddress,
    windowSeconds: MAIL_WINDOW_SECONDS,
  };
}

/** Where all state is kept. The folder of a SQLite file is created if need be. */
export function storePlace({ databaseUrl, stateDirectory }: Config): StorePlace {
  if (databaseUrl !== undefined) return { url: databaseUrl };
  mkdirSync(stateDirectory, { recursive: true, mode: 0o700 });
  return { file: join(stateDirectory, "ticketgate.sqlite") };
}

function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** As `examples/relying-party` says it. */
const EXAMPLE_CLIENT_ID = "3001";

/** Apart from production's folder: one is sealed with generated keys, the other never is. */
const DEVELOPMENT_STATE = join(".ticketgate", "development");

/**
 * The configuration of this process. Outside production, secrets that are not set come from the state folder of
 * the checkout.
 *
 * @param env variables by name.
 * @throws ConfigurationError naming every variable that is missing or wrong.
 */
export function loadConfiguration(env: Record<string, string | undefined> = processEnvironment()): {
  config: Config;
  development: Development | undefined;
} {
  if (env.NODE_ENV !== "development") return { config: readConfig(env), development: undefined };
  const stateDirectory = env.TICKETGATE_STATE_DIR || DEVELOPMENT_STATE;
  const development = developmentState(stateDirectory);
  const generated = {
    ...development.environment,
    TICKETGATE_STATE_DIR: stateDirectory,
    TICKETGATE_EXAMPLE_CLIENT_ID: EXAMPLE_CLIENT_ID,
  };
  return { config: readConfig({ ...generated, ...present(env) }), development };
}

function present(env: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
}

const SLOT = Symbol.for("ticketgate.services");

/**
 * The services of this process, opened at the first call. The front door and Next's bundle are two copies of this
 * module, so the one set of services stands in a slot of the global object.
 */
export function getServices(): Promise<Services> {
  const slot = globalThis as { [SLOT]?: Promise<Services> };
  slot[SLOT] ??= openConfigured().catch((error: unknown) => {
    delete slot[SLOT];
    throw error;
  });
  return slot[SLOT];
}

async function openConfigured(): Promise<Services> {
  const { config, development } = loadConfiguration();
  return openServices(config, development ? { demoUser: development.demoUser } : {});
}
