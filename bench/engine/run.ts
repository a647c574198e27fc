import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Case, serverCase } from "../case.ts";
import { type EngineProcess, startEngineProcess } from "../in-process.ts";
import { type Row, report, type Target } from "../report.ts";
import { takeRounds } from "../rounds.ts";
import { type Server, startServer, stopAll } from "../server.ts";
import { peerEnvironment, peerRequests } from "./peer.ts";
import { openPostgresPlaces } from "./postgres-places.ts";
import { type ScenarioName, scenarios } from "./scenarios.ts";
import { webApiCall } from "./web-api-call.ts";

/**
 * `npm run bench:engine`: the engine's endpoints in process and over its Web API, on SQLite and on PostgreSQL, and beside
 * them oidc-provider with its in-memory adapter. Every write of the engine is durable.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "8" },
    // The in-memory adapter of oidc-provider keeps a thousand entries: more requests at once would lose what was prepared.
    requests: { type: "string", default: "100" },
    only: { type: "string" },
    sqlite: { type: "boolean", default: false },
  },
});
const plan = { rounds: Number(values.rounds), requests: Number(values.requests), connections: [1, 8] };
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
  userinfo: "userinfo, both calls",
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

function targets(row: (key: string) => Row | undefined): Target[] {
  const cpu = (key: string) => row(key)?.cpu ?? Number.NaN;
  return names.flatMap((name) => {
    const peer = peers[name];
    if (peer === undefined) return [];
    const value = cpu(`${name}.SQLite.http`) / cpu(`${peer}.peer`);
    return [{ name: `${titles[name]}, CPU of HTTP on SQLite / oidc-provider`, value, most: 1 }];
  });
}

const postgres = values.sqlite ? undefined : await openPostgresPlaces();
try {
  const peer = await startServer("bench/servers/oidc-provider.ts", { env: peerEnvironment });
  const requests = peerRequests(peer);
  const places = (await openPlaces(postgres)).map(placeCases);
  const cases = names.flatMap((name) => {
    const ready = requests[name];
    const beside = ready
      ? [serverCase({ key: `${name}.peer`, title: `${titles[name]}: oidc-provider`, server: peer, ready })]
      : [];
    return [...places.flatMap((place) => place.get(name) ?? []), ...beside];
  });
  const samples = await takeRounds(cases, plan);
  process.stdout.write(report({ cases, plan, samples, targets }));
} finally {
  stopAll();
  await postgres?.stop();
  rmSync(state, { recursive: true, force: true });
}
