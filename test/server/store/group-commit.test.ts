import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Connection } from "../../../src/server/store/database.ts";
import { sqliteConnection } from "../../../src/server/store/sqlite/connection.ts";
import { createGroupCommit } from "../../../src/server/store/sqlite/group-commit.ts";

const insert = {
  sql: "insert into parts (name, whole) values (?, ?)",
  bind: (input: { name: string; whole: string | null }) => [input.name, input.whole],
};
const insertOrRollBack = { ...insert, sql: insert.sql.replace("insert", "insert or rollback") };

describe("group commit", () => {
  let folder: string;
  let database: DatabaseSync;
  let committed: boolean[];

  beforeEach(() => {
    committed = [];
    folder = mkdtempSync(join(tmpdir(), "ticketgate-group-"));
    database = new DatabaseSync(join(folder, "test.sqlite"), {
      enableForeignKeyConstraints: true,
      timeout: 0,
    });
    database.exec("pragma journal_mode = wal; create table wholes (name text primary key)");
    database.exec(
      `create table parts (name text primary key,
        whole text references wholes (name) deferrable initially deferred)`,
    );
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  const add =
    (name: string, whole: string | null = null) =>
    (connection: Connection) =>
      connection.run(insert, { name, whole });
  const names = () =>
    database
      .prepare("select name from parts order by name")
      .all()
      .map(({ name }) => name);
  const create = () =>
    createGroupCommit(database, sqliteConnection(database), () => committed.push(database.isTransaction));
  const work = { single: false };

  it("tells of a commit when it is done, and of nothing that was undone", async () => {
    const commits = create();
    await Promise.all([commits.submit(add("a"), work), commits.submit(add("b"), work)]);
    expect(committed).toEqual([false]);
    await expect(commits.submit(add("c", "no such whole"), work)).rejects.toThrow(/FOREIGN KEY/);
    expect(committed).toEqual([false]);
  });

  it("commits the works of one turn once", async () => {
    const executed = vi.spyOn(database, "exec");
    const commits = create();
    await Promise.all(Array.from({ length: 16 }, (_, index) => commits.submit(add(`${index}`), work)));
    expect(executed.mock.calls.filter(([sql]) => sql === "commit")).toHaveLength(1);
    expect(names()).toHaveLength(16);
  });

  it("waits for the disk unless every work of the group can do without", async () => {
    const level = () => database.prepare("pragma synchronous").get()?.synchronous;
    const commits = create();
    const quick = { single: true, durability: "crash" } as const;
    await commits.submit(add("a"), quick);
    expect(level()).toBe(1);
    await Promise.all([commits.submit(add("b"), quick), commits.submit(add("c"), work)]);
    expect(level()).toBe(2);
    await commits.submit(add("d"), { ...work, durability: "power-failure" });
    expect(level()).toBe(2);
    expect(names()).toEqual(["a", "b", "c", "d"]);
  });

  it("takes along with a group what nobody waits for", async () => {
    const commits = create();
    commits.ride(add("rider"));
    commits.ride(add("lost", "no such whole"));
    commits.ride(() => Promise.reject(new Error("refused")));
    await new Promise((turn) => setImmediate(turn));
    expect(names()).toEqual([]);
    await expect(commits.submit(add("a"), work)).rejects.toThrow(/FOREIGN KEY/);
    expect(names()).toEqual([]);
    commits.ride(add("rider"));
    commits.ride(() => Promise.reject(new Error("refused")));
    await commits.submit(add("a"), work);
    expect(names()).toEqual(["a", "rider"]);
  });

  it("does not leave behind what nobody waits for, without a group or at the end", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const commits = create();
    commits.ride(add("a"));
    vi.advanceTimersByTime(1_000);
    vi.useRealTimers();
    await commits.idle();
    await vi.waitFor(() => expect(names()).toEqual(["a"]));
    commits.ride(add("b"));
    await commits.close();
    commits.ride(add("c"));
    expect(names()).toEqual(["a", "b"]);
  });

  it("tells nobody before the commit", async () => {
    const events: string[] = [];
    const exec = database.exec.bind(database);
    vi.spyOn(database, "exec").mockImplementation((sql) => {
      exec(sql);
      if (sql === "commit") events.push("commit");
    });
    const commits = create();
    const told = (index: number) => commits.submit(add(`${index}`), work).then(() => events.push("told"));
    await Promise.all([told(1), told(2), told(3)]);
    expect(events).toEqual(["commit", "told", "told", "told"]);
  });

  it("rejects every caller when the commit fails, keeps nothing of it, and goes on", async () => {
    const commits = create();
    const outcomes = await Promise.allSettled([
      commits.submit(add("good"), work),
      commits.submit(add("bad", "absent whole"), work),
      commits.submit(add("single"), { single: true }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(names()).toEqual([]);
    await commits.submit(add("good"), work);
    expect(names()).toEqual(["good"]);
  });

  it("rejects every caller when an error ends the transaction they share, and goes on", async () => {
    await create().submit(add("taken"), work);
    const commits = create();
    const outcomes = await Promise.allSettled([
      commits.submit(add("before"), work),
      commits.submit((connection) => connection.run(insertOrRollBack, { name: "taken", whole: null }), work),
      commits.submit(add("after"), work),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(names()).toEqual(["taken"]);
    await commits.submit(add("later"), work);
    expect(names()).toEqual(["later", "taken"]);
  });

  it("waits for another process's transaction without stopping this one", async () => {
    const other = new DatabaseSync(join(folder, "test.sqlite"));
    other.exec("begin immediate");
    const waiting = create().submit(add("mine"), work);
    await new Promise((turn) => setTimeout(turn, 30));
    // This line is reached while the other holds the lock: the event loop is free.
    other.exec("insert into parts (name) values ('theirs'); commit");
    other.close();
    expect(await waiting).toBe(1);
    expect(names()).toEqual(["mine", "theirs"]);
  });

  it("gives up after five seconds and goes on when the lock is free", async () => {
    const other = new DatabaseSync(join(folder, "test.sqlite"));
    other.exec("begin immediate");
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => {
      now += 1_000;
      return now;
    });
    const commits = create();
    await expect(commits.submit(add("mine"), work)).rejects.toThrow("locked");
    expect(now).toBeGreaterThanOrEqual(6_000);
    other.exec("rollback");
    other.close();
    await commits.submit(add("mine"), work);
    expect(names()).toEqual(["mine"]);
  });

  it("takes more works than fit in one group", async () => {
    const commits = create();
    const all = Array.from({ length: 300 }, (_, index) => commits.submit(add(`${index}`), work));
    await commits.close();
    expect(await Promise.all(all)).toEqual(Array.from({ length: 300 }, () => 1));
    await expect(commits.submit(add("late"), work)).rejects.toThrow("closed");
  });
});
