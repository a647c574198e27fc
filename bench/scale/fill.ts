import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import { openStore, type Store, type StorePlace, type StorePorts } from "../../src/server/store/open.ts";
import { tokenRow } from "../../src/server/store/token-row.ts";
import { artifactOf, tokenOf } from "./records.ts";

/** What fills a table in one transaction, in the SQL of one database. */
type Dialect = {
  series: (count: number) => string;
  randomText: string;
  run: (sql: string) => Promise<Row[]>;
  close: () => Promise<void>;
};

type Row = Record<string, unknown>;

/** Keys of stored rows, chosen at random. */
export type Sampled = { tokens: SampledToken[]; artifacts: string[] };

export type SampledToken = {
  id: string;
  accessTokenHash: string;
  refreshTokenHash: string;
  clientId: number;
  subject: string;
};

/** A store with so many tokens and as many authorization codes, and keys of some of them. */
export type Filled = { count: number; store: Store; sampled: Sampled };

const CLIENTS = 100;

/**
 * Opens an empty store and fills it: one row of each kind is stored by the store itself, the others are copies of it with
 * keys, clients, subjects and times of their own.
 *
 * @param samples how many keys of each kind are chosen.
 */
export async function fill(
  place: StorePlace,
  ports: StorePorts,
  { count, samples }: { count: number; samples: number },
): Promise<Filled> {
  const store = await openStore({ ...place, ...ports });
  const now = ports.clock();
  const [token, artifact] = [tokenOf(now), artifactOf(now)];
  await store.engine.write(async (writer) => {
    await writer.insertToken(token);
    await writer.insertArtifact(artifact);
  });
  const dialect = "url" in place ? await postgres(place.url) : sqlite(place.file);
  const { series, randomText, run } = dialect;
  const columns = Object.keys(tokenRow(token)).map((name) => changedTokenColumn(name, randomText));
  const names = columns.map(({ name }) => name).join(", ");
  await run("begin");
  await run(
    `insert into tokens (${names}) select ${columns.map(({ value }) => value).join(", ")}
     from tokens t, ${series(count)} where t.id = '${token.id}'`,
  );
  await run(
    `insert into artifacts (key_hash, kind, service_id, client_id, document, revision, created_at, expires_at)
     select ${randomText}, kind, service_id, client_id, document, revision, created_at + n, expires_at + n
     from artifacts a, ${series(count)} where a.key_hash = '${artifact.keyHash}'`,
  );
  await run("commit");
  await run("analyze");
  const sampled = await sample(run, samples);
  await dialect.close();
  return { count, store, sampled };
}

function changedTokenColumn(name: string, randomText: string): { name: string; value: string } {
  const changed: Record<string, string> = {
    id: randomText,
    access_token_hash: randomText,
    refresh_token_hash: randomText,
    client_id: `t.client_id + n % ${CLIENTS}`,
    subject: "'usr_' || n",
    created_at: "t.created_at + n",
    ends_at: "t.ends_at + n",
  };
  return { name, value: changed[name] ?? `t.${name}` };
}

async function sample(run: Dialect["run"], samples: number): Promise<Sampled> {
  const tokens = await run(
    `select id, access_token_hash, refresh_token_hash, client_id, subject from tokens order by random() limit ${samples}`,
  );
  const artifacts = await run(`select key_hash from artifacts order by random() limit ${samples}`);
  return {
    tokens: tokens.map((row) => ({
      id: String(row.id),
      accessTokenHash: String(row.access_token_hash),
      refreshTokenHash: String(row.refresh_token_hash),
      clientId: Number(row.client_id),
      subject: String(row.subject),
    })),
    artifacts: artifacts.map((row) => String(row.key_hash)),
  };
}

function sqlite(file: string): Dialect {
  const database = new DatabaseSync(file);
  database.exec("pragma synchronous = off; pragma cache_size = -400000");
  return {
    series: (count) =>
      `(with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count}) select n from numbers)`,
    // As long as a SHA-256 in base64url.
    randomText: "substr(hex(randomblob(22)), 1, 43)",
    run: async (sql) => database.prepare(sql).all(),
    // As after a quiet moment: what was filled in is in the file and not in its log.
    close: async () => {
      database.exec("pragma wal_checkpoint(truncate)");
      database.close();
    },
  };
}

async function postgres(connectionString: string): Promise<Dialect> {
  const client = new Client({ connectionString });
  await client.connect();
  return {
    series: (count) => `generate_series(1, ${count}) numbers(n)`,
    randomText: "substr(md5(random()::text || n) || md5(random()::text), 1, 43)",
    run: async (sql) => (await client.query(sql)).rows,
    close: () => client.end(),
  };
}
