import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Case, type Ready, serverCase } from "../case.ts";
import { type EngineProcess, startEngineProcess } from "../in-process.ts";
import { type Row, report, type Target } from "../report.ts";
import { takeRounds } from "../rounds.ts";
import { type Server, startServer, stopAll } from "../server.ts";
import { frontDoorRequests, startFrontDoor } from "./front-door.ts";
import { peerEnvironment, peerRequests } from "./peer.ts";
import { openPostgresPlaces } from "./postgres-places.ts";
import { type ScenarioName, scenarios } from "./scenarios.ts";
import { webApiCall } from "./web-api-call.ts";

/**
 * `npm run bench:engine`: the engine's operations in process and over its Web API, on SQLite and on PostgreSQL; the endpoints of the
 * front door with the engine embedded (SQLite); and beside them the endpoints of oidc-provider with its in-memory adapter. Every
 * write of ours is durable. What a client sends as one request (a refresh with an ID token, userinfo) takes two calls of the Web API.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "8" },
    // The in-memory adapter of oidc-provider keeps a thousand entries: more requests at once would lose what was prepared.
    requests: { type: "string", default: "100" },
    "warm-up": { type: "string", default: "10" },
    only: { type: "string" },
    sqlite: { type: "boolean", default: false },
  },
});
const plan = {
  warmUp: Number(values["warm-up"]),
  rounds: Number(values.rounds),
  requests: Number(values.requests),
  connections: [1, 8],
};
const chosen = values.only?.split(",");
const state = mkdtempSync(join(tmpdir(), "ticketgate-bench-"));
const secret = randomBytes(32).toString("base64url");

const titles: Record<ScenarioName, string> = {
  clientCredentials: "client credentials",
  authorizationCode: "authorization code, PKCE",
  codeFlow: "authorization, issue, token",
  refreshToken: "refresh token",
  deviceCode: "device code",
  ciba: "backchannel authentication",
  tokenIssue: "auth/token/issue",
  introspection: "auth/introspection",
  standardIntrospection: "auth/introspection/standard",
  userinfo: "userinfo",
  discovery: "discovery document",
  jwks: "JWK Set",
};

/** A scenario and what its cost is held against. */
const peers: Partial<Record<ScenarioName, ScenarioName>> = {
  clientCredentials: "clientCredentials",
  authorizationCode: "authorizationCode",
  codeFlow: "codeFlow",
  refreshToken: "refreshToken",
  deviceCode: "deviceCode",
  ciba: "ciba",
  introspection: "introspection",
  standardIntrospection: "introspection",
  userinfo: "userinfo",
  discovery: "discovery",
  jwks: "jwks",
};

const names = (Object.keys(scenarios) as ScenarioName[]).filter((name) => chosen?.includes(name) ?? true);

/** The engine on one database: in process, and over HTTP. */
type Place = { name: string; engine: EngineProcess; server: Server };

async function openPlace(name: string, env: { inProcess: object; http: object }): Promise<Place> {
  const common = { BENCH_SECRET: secret };
  const engine = await startEngineProcess({ ...common, ...env.inProcess });
  const server = await startServer("bench/servers/engine-web-api.ts", { env: { ...common, ...env.http } });
  return { name, engine, server };
}

function placeCases({ name: place, engine, server }: Place): Map<ScenarioName, Case[]> {
  const call = webApiCall(server, secret);
  return new Map(
    names.map((name) => [
      name,
      [
        engine.caseOf(`${name}.${place}`, `${titles[name]}: ${place}, in process`, name),
        serverCase({
          key: `${name}.${place}.http`,
          title: `${titles[name]}: ${place}, HTTP`,
          server,
          ready: scenarios[name](call),
        }),
      ],
    ]),
  );
}

async function openPlaces(postgres: Awaited<ReturnType<typeof openPostgresPlaces>>): Promise<Place[]> {
  const sqlite = await openPlace("SQLite", {
    inProcess: { BENCH_STATE: join(state, "in-process"), DATABASE_URL: "" },
    http: { BENCH_STATE: join(state, "http"), DATABASE_URL: "" },
  });
  if (postgres === undefined) return [sqlite];
  return [
    sqlite,
    await openPlace("PostgreSQL", {
      inProcess: { DATABASE_URL: postgres.urls[0] },
      http: { DATABASE_URL: postgres.urls[1] },
    }),
  ];
}

function targets(row: (key: string) => Row | undefined, front: object): Target[] {
  const cpu = (key: string) => row(key)?.cpu ?? Number.NaN;
  return names.flatMap((name) => {
    const peer = peers[name];
    if (peer === undefined) return [];
    const ratio = (title: string, key: string) => ({
      name: `${titles[name]}, CPU of ${title} / oidc-provider`,
      value: cpu(key) / cpu(`${peer}.peer`),
      most: 1,
    });
    const webApi = ratio("the Web API", `${name}.SQLite.http`);
    return name in front ? [ratio("the front door", `${name}.front`), webApi] : [webApi];
  });
}

const postgres = values.sqlite ? undefined : await openPostgresPlaces();
try {
  const peer = await startServer("bench/servers/oidc-provider.ts", { env: peerEnvironment });
  const requests = peerRequests(peer);
  const places = (await openPlaces(postgres)).map(placeCases);
  const door = await startFrontDoor(join(state, "front-door"), secret);
  const front = frontDoorRequests(door);
  const endpoint = (name: ScenarioName, key: string, title: string, server: Server, ready?: Ready) =>
    ready ? [serverCase({ key: `${name}.${key}`, title: `${titles[name]}: ${title}`, server, ready })] : [];
  const cases = names.flatMap((name) => [
    ...places.flatMap((place) => place.get(name) ?? []),
    ...endpoint(name, "front", "front door", door.server, front[name]),
    ...endpoint(name, "peer", "oidc-provider", peer, requests[name]),
  ]);
  const samples = await takeRounds(cases, plan);
  process.stdout.write(report({ cases, plan, samples, targets: (row) => targets(row, front) }));
} finally {
  stopAll();
  await postgres?.stop();
  rmSync(state, { recursive: true, force: true });
}
