import { randomBytes } from "node:crypto";
import type { Client } from "../../src/server/authlete/client.ts";
import { type Authlete, type OperationName, operations } from "../../src/server/authlete/operations.ts";
import type { Service } from "../../src/server/authlete/service.ts";
import type { ArtifactKind } from "../../src/server/engine/artifacts.ts";
import type { EngineOptions } from "../../src/server/engine/context.ts";
import { createEngine, type Engine } from "../../src/server/engine/engine.ts";
import { generateServiceKeys } from "../../src/server/engine/keys.ts";
import type { EngineStore } from "../../src/server/engine/ports.ts";
import { embeddedClients, embeddedService } from "../../src/server/engine/seed.ts";
import { createKeyring } from "../../src/server/secret/keyring.ts";
import { openStore, type Store, type StorePlace } from "../../src/server/store/open.ts";
import { createAnswerCheck } from "../contract/openapi/described-answer.ts";

export const SERVICE_ID = "1001";
export const ISSUER = "https://as.example";

/** The clients of a test engine. `firstParty` and `backend` are the seeded ones. */
export const clients = {
  firstParty: { id: "2000", secret: "first-party-secret" },
  backend: { id: "2001", secret: "backend-secret" },
  /** Confidential, authenticates with parameters, may use everything. */
  post: { id: "2002", secret: "post-secret" },
  /** Public. */
  app: { id: "2003" },
} as const;

let keys: Promise<string> | undefined;

/** One JWK Set for all tests of a file: generating RSA keys takes long. */
export function testKeys(): Promise<string> {
  keys ??= generateServiceKeys();
  return keys;
}

/** A clock that stands still until a test moves it. */
export type TestClock = { (): number; advance(ms: number): void };

export function testClock(start = Date.UTC(2030, 0, 1)): TestClock {
  let now = start;
  return Object.assign(() => now, {
    advance(ms: number) {
      now += ms;
    },
  });
}

/** What clients publish at their `jwks_uri`, `sector_identifier_uri` and `request_uris`, and how it was asked for. */
export type PublishedKeys = {
  /** From now on this text is there; `undefined` takes it away. */
  set(uri: string, text: string | undefined): void;
  /** Every request so far. */
  readonly asked: { uri: string; fresh: boolean }[];
};

function publishedKeys() {
  const texts = new Map<string, string | undefined>();
  const asked: PublishedKeys["asked"] = [];
  const fetchPublished = async (uri: string, { fresh = false } = {}): Promise<string> => {
    asked.push({ uri, fresh });
    const text = texts.get(uri);
    if (text === undefined) throw new Error(`nothing at ${uri}`);
    return text;
  };
  const published: PublishedKeys = { asked, set: (uri, text) => void texts.set(uri, text) };
  return { published, fetchPublished };
}

export type TestEngine = {
  /** Every answer is checked against the contract: its schema holds, and no member is `null` or `undefined`. */
  engine: Engine;
  store: Store;
  clock: TestClock;
  published: PublishedKeys;
  /** How many tickets and tokens were written so far, refreshed ones included. */
  issued(): number;
  /** How often an artifact was stored, changed or spent so far. A `jti` that is remembered is none. */
  artifacts(): number;
  /** Changes settings of the service. */
  setService(change: Partial<Service>): Promise<void>;
  /** Changes, or adds, a client. */
  setClient(clientId: string, change: Partial<Client>): Promise<void>;
  close(): Promise<void>;
};

const grantTypes: Client["grantTypes"] = ["PASSWORD", "REFRESH_TOKEN", "CLIENT_CREDENTIALS"];

const extraClients: Client[] = [
  {
    clientId: Number(clients.post.id),
    clientSecret: clients.post.secret,
    clientType: "CONFIDENTIAL",
    tokenAuthMethod: "CLIENT_SECRET_POST",
    grantTypes,
  },
  { clientId: Number(clients.app.id), clientType: "PUBLIC", tokenAuthMethod: "NONE", grantTypes },
];

/** A real store with the seeded service and clients, and an engine on it whose clock the test moves. */
export async function openTestEngine(
  options: {
    file?: string;
    at?: StorePlace;
    service?: Partial<Service>;
    ticketDurationMs?: number;
    /** In place of what is published. */
    fetchRequestObject?: EngineOptions["fetchRequestObject"];
  } = {},
): Promise<TestEngine> {
  const clock = testClock();
  const random = (bytes: number) => randomBytes(bytes);
  const keyring = createKeyring(["a sealing key of a test, long enough"], { purpose: "store", random });
  const place = options.at ?? { file: options.file ?? ":memory:" };
  const store = await openStore({ ...place, clock, random, keyring });
  const seeded = embeddedService({ serviceId: SERVICE_ID, issuer: ISSUER, jwks: await testKeys() });
  await store.upsertService(SERVICE_ID, { ...seeded, ...options.service });
  const { firstParty, backend } = clients;
  const own = { ...firstParty, scopes: ["openid", "profile", "email"] };
  for (const client of [...embeddedClients({ firstParty: own, backend }), ...extraClients]) {
    await store.upsertClient(SERVICE_ID, client);
  }
  const { ticketDurationMs } = options;
  const { observed, total, artifacts } = observeIssuing(store.engine);
  const { published, fetchPublished } = publishedKeys();
  const engine = createEngine({
    store: observed,
    clock,
    random,
    serviceId: SERVICE_ID,
    fetchJwks: fetchPublished,
    fetchSector: fetchPublished,
    fetchRequestObject: options.fetchRequestObject ?? fetchPublished,
    nonceKey: random(32),
    pairwiseKey: random(32),
    ...(ticketDurationMs === undefined ? {} : { ticketDurationMs }),
  });
  return {
    engine: checkedEngine(engine),
    store,
    clock,
    published,
    issued: total,
    artifacts,
    async setService(change) {
      const service = await store.findService(SERVICE_ID);
      await store.upsertService(SERVICE_ID, { ...service, ...change });
    },
    async setClient(clientId, change) {
      const client = await store.findClient(SERVICE_ID, clientId);
      await store.upsertClient(SERVICE_ID, { clientId: Number(clientId), ...client, ...change });
    },
    close: () => store.close(),
  };
}

/** Counts what transactions that lasted have issued. */
function observeIssuing(store: EngineStore) {
  let count = 0;
  let artifactCount = 0;
  const observed: EngineStore = {
    read: store.read,
    async write(work) {
      let written = 0;
      let artifactsWritten = 0;
      const counted = (isWritten: boolean) => {
        if (isWritten) written += 1;
        return isWritten;
      };
      const countedArtifact = (isWritten: boolean, kind: ArtifactKind) => {
        if (isWritten && kind !== "used_jti") artifactsWritten += 1;
        return isWritten;
      };
      const answer = await store.write((writer) => {
        // A transaction may be started again.
        written = 0;
        artifactsWritten = 0;
        return work({
          ...writer,
          insertTicket: async (ticket) => {
            await writer.insertTicket(ticket);
            counted(true);
          },
          insertToken: async (token) => counted(await writer.insertToken(token)),
          replaceToken: async (hash, token) => counted(await writer.replaceToken(hash, token)),
          insertArtifact: async (artifact) =>
            countedArtifact(await writer.insertArtifact(artifact), artifact.kind),
          updateArtifact: async (artifact) =>
            countedArtifact(await writer.updateArtifact(artifact), artifact.kind),
          consumeArtifact: async (kind, keyHash, spentAt) =>
            countedArtifact(await writer.consumeArtifact(kind, keyHash, spentAt), kind),
        });
      });
      count += written;
      artifactCount += artifactsWritten;
      return answer;
    },
  };
  return { observed, total: () => count, artifacts: () => artifactCount };
}

const checkAnswer = createAnswerCheck();

/** Every answer of every test is checked: against the contract, and against the API's own description where it is there. */
function checkedEngine(engine: Engine): Engine {
  const checked = Object.entries(engine).map(([name, call]) => [
    name,
    async (request: never) => {
      const answer = await call(request);
      operations[name as OperationName].response.parse(answer);
      assertNoAbsentMember(answer, name);
      checkAnswer(name, answer);
      return answer;
    },
  ]);
  return Object.fromEntries(checked) as Engine;
}

function assertNoAbsentMember(value: unknown, path: string): void {
  if (value === null || value === undefined) throw new Error(`${path} is ${value}`);
  if (typeof value !== "object") return;
  for (const [name, member] of Object.entries(value)) assertNoAbsentMember(member, `${path}.${name}`);
}

type Extra = Record<string, unknown>;

/** Parameters of a token request as the form body they travel in. */
export function form(parameters: Record<string, string | readonly string[]>): string {
  const body = new URLSearchParams();
  for (const [name, values] of Object.entries(parameters)) {
    for (const value of [values].flat()) body.append(name, value);
  }
  return body.toString();
}

/** Basic credentials of a client, as the members of a call. */
export function basic(client: { id: string; secret: string }) {
  return { clientId: client.id, clientSecret: client.secret };
}

/** A fresh ticket of the password grant. */
export async function passwordTicket(
  engine: Authlete,
  parameters: Record<string, string | readonly string[]> = {},
  client: { id: string; secret: string } = clients.firstParty,
): Promise<string> {
  const answer = await engine["auth/token"]({
    parameters: form({
      grant_type: "password",
      username: "alice",
      password: "wonderland",
      scope: "openid profile",
      ...parameters,
    }),
    ...basic(client),
  });
  if (answer.action !== "PASSWORD") throw new Error(`no ticket: ${answer.resultMessage}`);
  return answer.ticket;
}

/** Tokens of the password grant for a subject. */
export async function issuedTokens(
  engine: Authlete,
  { parameters = {}, client = clients.firstParty, ...request }: IssueOptions = {},
) {
  const ticket = await passwordTicket(engine, parameters, client);
  const answer = await engine["auth/token/issue"]({ ticket, subject: "alice", ...request });
  return issued(answer);
}

type IssueOptions = Extra & {
  parameters?: Record<string, string | readonly string[]>;
  client?: { id: string; secret: string };
};

/** The answer to a refresh request of a client with Basic credentials. */
export function refresh(engine: Authlete, refreshToken: string | undefined, options: IssueOptions = {}) {
  const { parameters = {}, client = clients.firstParty, ...request } = options;
  const given = { grant_type: "refresh_token", refresh_token: refreshToken ?? "", ...parameters };
  return engine["auth/token"]({ parameters: form(given), ...basic(client), ...request });
}

/** The header and payload of a JWT; the signature is not checked. */
export function jwtParts(jwt: string): { header: Record<string, unknown>; payload: Record<string, unknown> } {
  const [header = "", payload = ""] = jwt.split(".");
  const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
  return { header: read(header), payload: read(payload) };
}

/** The `responseContent` of an answer. */
export function contentOf(answer: object): string {
  return String((answer as { responseContent?: unknown }).responseContent);
}

/** The OAuth error in the body of an answer. */
export function oauthError(answer: object): Record<string, string> {
  return JSON.parse(contentOf(answer));
}

/** Narrows an answer to the one with tokens, and fails when it is another. */
export function issued<Answer extends { action: string }>(answer: Answer): Extract<Answer, { action: "OK" }> {
  if (answer.action !== "OK") throw new Error(`nothing issued: ${JSON.stringify(answer)}`);
  return answer as Extract<Answer, { action: "OK" }>;
}

/**
 * What every refusal of an OAuth endpoint has in common, for `toMatchObject`: the codes, a message that begins with the
 * code, and a body that repeats both. It also fails when the answer carries anything issued.
 */
export function summary(answer: object) {
  const body = oauthError(answer);
  const { resultCode, resultMessage, action } = answer as Record<string, unknown>;
  if (!String(resultMessage).startsWith(`[${resultCode}] `)) throw new Error(`message: ${resultMessage}`);
  if (body.error_description !== resultMessage) throw new Error(`description: ${body.error_description}`);
  if (body.error_uri !== `https://docs.authlete.com/#${resultCode}`)
    throw new Error(`uri: ${body.error_uri}`);
  for (const name of ["accessToken", "refreshToken", "ticket", "jwtAccessToken", "password"]) {
    if (name in answer) throw new Error(`a refusal carries ${name}`);
  }
  return { action, code: resultCode, error: body.error };
}
