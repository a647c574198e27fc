import { createHash, randomBytes } from "node:crypto";
import type { Client } from "../../src/server/authlete/client.ts";
import type { Service } from "../../src/server/authlete/service.ts";
import type { Artifact } from "../../src/server/engine/artifacts.ts";
import type { AuthorizationCode } from "../../src/server/engine/authorization/authorization-request.ts";
import type { BackchannelGrant } from "../../src/server/engine/backchannel/backchannel-grant.ts";
import type { DecisionOutcome, DeviceGrant } from "../../src/server/engine/device/device-grant.ts";
import type { AuthorizedGrant } from "../../src/server/engine/grant/authorized-grant.ts";
import { hashOf } from "../../src/server/secret/hash.ts";
import { basic, form, openTestEngine, SERVICE_ID, type TestEngine } from "./engine.ts";

/** A confidential client (Basic), another one, and a public one. All may use every grant type. */
export const web = { id: "4000", secret: "w".repeat(64) };
export const other = { id: "4001", secret: "o".repeat(64) };
export const native = { id: "4002" };

export const REDIRECT_URI = "https://web.example/callback";

/** An engine whose service supports every grant type. */
export async function openGrantEngine(
  options: { file?: string; service?: Partial<Service> } = {},
): Promise<TestEngine> {
  const test = await openTestEngine({
    ...(options.file === undefined ? {} : { file: options.file }),
    service: {
      supportedGrantTypes: undefined,
      pkceRequired: false,
      pkceS256Required: false,
      supportedScopes: [
        ...["openid", "profile", "email", "offline_access", "device_sso", "photos"].map((name) => ({ name })),
      ],
      ...options.service,
    },
  });
  const confidential: Partial<Client> = {
    clientType: "CONFIDENTIAL",
    tokenAuthMethod: "CLIENT_SECRET_BASIC",
    redirectUris: [REDIRECT_URI],
  };
  await test.setClient(web.id, { ...confidential, clientSecret: web.secret });
  await test.setClient(other.id, { ...confidential, clientSecret: other.secret });
  await test.setClient(native.id, { clientType: "PUBLIC", tokenAuthMethod: "NONE" });
  return test;
}

/** A grant as `auth/authorization/issue` and its like leave it. */
export function grantOf(change: Partial<AuthorizedGrant> = {}): AuthorizedGrant {
  return {
    tokenId: randomBytes(16).toString("base64url"),
    clientId: Number(web.id),
    clientIdAliasUsed: false,
    subject: "alice",
    scopes: ["openid", "profile"],
    resources: [],
    properties: [],
    ...change,
  };
}

type CodeRequest = AuthorizationCode["request"];

/** What can be settled of a code. */
export type CodeOptions = {
  grant?: Partial<AuthorizedGrant>;
  request?: Partial<CodeRequest>;
  artifact?: Partial<Artifact<"authorization_code">>;
};

/** Stores an authorization code, and the managed grant that it belongs to, as `auth/authorization/issue` leaves them. */
export async function freshCode(test: TestEngine, { grant, request, artifact }: CodeOptions = {}) {
  const code = randomBytes(32).toString("base64url");
  const document: AuthorizationCode = {
    request: { redirectUri: REDIRECT_URI, redirectUriGiven: true, ...request },
    grant: grantOf(grant),
  };
  await insertManagedGrant(test, document.grant);
  await insert(test, {
    ...artifactOf(test, document.grant.clientId),
    kind: "authorization_code",
    keyHash: hashOf(code),
    document,
    ...artifact,
  });
  return code;
}

async function insertManagedGrant(
  { store, clock }: TestEngine,
  { grantId, clientId, subject }: AuthorizedGrant,
) {
  if (grantId === undefined) return;
  const times = { createdAt: clock(), updatedAt: clock() };
  await store.engine.write((writer) =>
    writer.upsertGrant({ serviceId: SERVICE_ID, grantId, clientId, subject, grant: {}, ...times }),
  );
}

function artifactOf({ clock }: TestEngine, clientId: number) {
  return {
    aliasHash: undefined,
    serviceId: SERVICE_ID,
    clientId,
    revision: 0,
    spentAt: undefined,
    createdAt: clock(),
    expiresAt: clock() + 600_000,
  };
}

async function insert({ store }: TestEngine, artifact: Artifact): Promise<void> {
  const isStored = await store.engine.write((writer) => writer.insertArtifact(artifact));
  if (!isStored) throw new Error("the artifact was not stored");
}

type Parameters = Record<string, string | readonly string[]>;
type Call = { parameters?: Parameters; client?: { id: string; secret?: string } } & Record<string, unknown>;

/** A token request of a client, with Basic credentials where it has a secret. */
export function ask(
  { engine }: TestEngine,
  given: Parameters,
  { parameters, client = web, ...call }: Call = {},
) {
  const { id, secret } = client;
  const named: Parameters = secret === undefined ? { client_id: id } : {};
  return engine["auth/token"]({
    parameters: form({ ...given, ...named, ...parameters }),
    ...(secret === undefined ? {} : basic({ id, secret })),
    ...call,
  });
}

/** A request to redeem a code, right in everything unless changed. */
export function redeem(test: TestEngine, code: string, call: Call = {}) {
  const given = { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI };
  return ask(test, given, call);
}

/** A request to refresh. */
export function refreshWith(test: TestEngine, refreshToken: unknown, call: Call = {}) {
  return ask(test, { grant_type: "refresh_token", refresh_token: String(refreshToken) }, call);
}

/** Whether an access token still exists. */
export async function isAlive({ engine }: TestEngine, accessToken: unknown): Promise<boolean> {
  const { action } = await engine["auth/introspection"]({ token: String(accessToken) });
  return action === "OK";
}

/** A code verifier and its S256 challenge (RFC 7636 4.2). */
export const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
export const challenge = createHash("sha256").update(verifier).digest("base64url");

/** Stores a device code whose user has decided, or has not. */
export async function freshDeviceCode(
  test: TestEngine,
  outcome: DecisionOutcome | undefined,
  change: { document?: Partial<DeviceGrant>; artifact?: Partial<Artifact<"device_code">> } = {},
) {
  const deviceCode = randomBytes(32).toString("base64url");
  const clientId = Number(web.id);
  await insert(test, {
    ...artifactOf(test, clientId),
    kind: "device_code",
    keyHash: hashOf(deviceCode),
    aliasHash: hashOf(`user ${deviceCode}`),
    document: {
      ...requestOf(clientId),
      nextPollAt: test.clock(),
      interval: 5,
      ...(outcome ? { outcome } : {}),
      ...change.document,
    },
    ...change.artifact,
  });
  return deviceCode;
}

/** Stores a backchannel authentication request that was issued, and whose user has decided, or has not. */
export async function freshAuthReqId(
  test: TestEngine,
  outcome: DecisionOutcome | undefined,
  change: { document?: Partial<BackchannelGrant>; artifact?: Partial<Artifact<"backchannel_ticket">> } = {},
) {
  const authReqId = randomBytes(32).toString("base64url");
  const clientId = Number(web.id);
  await insert(test, {
    ...artifactOf(test, clientId),
    kind: "backchannel_ticket",
    keyHash: hashOf(`ticket ${authReqId}`),
    aliasHash: hashOf(authReqId),
    document: {
      ...requestOf(clientId),
      deliveryMode: "POLL",
      issued: true,
      nextPollAt: test.clock(),
      interval: 5,
      ...(outcome ? { outcome } : {}),
      ...change.document,
    },
    ...change.artifact,
  });
  return authReqId;
}

function requestOf(clientId: number) {
  return { clientId, clientIdAliasUsed: false, scopes: ["openid", "profile"], resources: [] };
}
