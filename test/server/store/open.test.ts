import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openStore, StoreOpenError } from "../../../src/server/store/open.ts";
import { keyring, random } from "../../contract/store/store-factory.ts";

const ports = { clock: Date.now, random, keyring };
const modeOf = (path: string) => statSync(path).mode & 0o777;

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ticketgate-open-"));
  file = join(folder, "state", "deep", "test.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the file", () => {
  it("can be read by its owner only, like its folder and what SQLite puts beside it", async () => {
    const store = await openStore({ file, ...ports });
    await store.nonces.consume("nonce-1", Date.now() + 1_000);
    expect(modeOf(join(folder, "state"))).toBe(0o700);
    expect(modeOf(join(folder, "state", "deep"))).toBe(0o700);
    for (const suffix of ["", "-wal", "-shm"]) expect(modeOf(`${file}${suffix}`)).toBe(0o600);
    await store.close();
  });

  it("is made private again when somebody opened it up", async () => {
    await (await openStore({ file, ...ports })).close();
    chmodSync(file, 0o644);
    await (await openStore({ file, ...ports })).close();
    expect(modeOf(file)).toBe(0o600);
  });

  it("waits for the disk at every commit", async () => {
    const executed = vi.spyOn(DatabaseSync.prototype, "exec");
    const store = await openStore({ file, ...ports });
    const pragmas = executed.mock.calls.map(([sql]) => sql);
    expect(pragmas).toEqual(
      expect.arrayContaining(["pragma journal_mode = wal", "pragma synchronous = full"]),
    );
    await store.close();
    const database = new DatabaseSync(file);
    expect(database.prepare("pragma journal_mode").get()).toEqual({ journal_mode: "wal" });
    database.close();
  });

  it("keeps everything when it is closed and opened again", async () => {
    const first = await openStore({ file, ...ports });
    await first.upsertService("1", { serviceName: "kept", jwks: "{}" });
    await first.close();
    const second = await openStore({ file, ...ports });
    expect(await second.findService("1")).toEqual({ serviceName: "kept", jwks: "{}" });
    await second.close();
  });
});

describe("a database that cannot be opened", () => {
  const refusal = async () => {
    const error = await openStore({ file, ...ports }).then(
      (store) => store.close(),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(StoreOpenError);
    return (error as StoreOpenError).message;
  };

  it("is named when it is a folder", async () => {
    mkdirSync(file, { recursive: true });
    expect(await refusal()).toContain(file);
  });

  it("is named when it is something else, and left as it was", async () => {
    mkdirSync(join(folder, "state", "deep"), { recursive: true });
    const text = "This is a text, and no database at all. ".repeat(100);
    writeFileSync(file, text);
    expect(await refusal()).toMatch(/test\.sqlite cannot be opened: .*not a database/);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("is named when a newer release has changed it", async () => {
    await (await openStore({ file, ...ports })).close();
    const database = new DatabaseSync(file);
    database.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '2030')");
    database.close();
    expect(await refusal()).toMatch(/test\.sqlite cannot be opened: .*9999-later/);
  });
});

describe("what is sealed", () => {
  it("never stands in the file: private keys and client secrets", async () => {
    const store = await openStore({ file, ...ports });
    const secrets = { jwks: "CANARY-jwks", federationJwks: "CANARY-federation", apiSecret: "CANARY-api" };
    await store.upsertService("1", { serviceName: "VISIBLE-service", ...secrets });
    await store.upsertClient("1", {
      clientId: 1,
      clientName: "VISIBLE-client",
      clientSecret: "CANARY-client",
    });
    const bytes = ["", "-wal"].map((suffix) => readFileSync(`${file}${suffix}`, "latin1")).join("");
    expect(bytes).toContain("VISIBLE-service");
    expect(bytes).toContain("VISIBLE-client");
    expect(bytes).not.toContain("CANARY");
    await store.close();
  });
});
