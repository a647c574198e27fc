import { types } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection, Database } from "../../../src/server/store/database.ts";
import { UnstorableValueError } from "../../../src/server/store/postgres/connection.ts";
import { openPostgres } from "../../../src/server/store/postgres/open-postgres.ts";
import type { ColumnValue, Prepared } from "../../../src/server/store/prepared.ts";
import { inPostgres } from "./postgres-places.ts";
import type { Place } from "./store-factory.ts";

/** A statement with its values. */
function statement(sql: string, ...values: ColumnValue[]): Prepared<undefined, Record<string, unknown>> {
  return { sql, bind: () => values };
}

const insert = (id: string, size = 0) => statement("insert into things (id, size) values ($1, $2)", id, size);

let place: Place;
let database: Database;

beforeEach(async () => {
  place = await inPostgres.createPlace();
  database = await openPostgres((place.at as { url: string }).url);
  await place.ask("create table things (id text primary key, size bigint)");
});
afterEach(async () => {
  await database.close();
  await place.remove();
});

const ids = async () => (await place.ask("select id from things order by id")).map(({ id }) => id);
const value = async (connection: Connection, sql: string) =>
  Object.values((await connection.first(statement(sql), undefined)) ?? {})[0];
const pause = (ms: number) => new Promise((turn) => setTimeout(turn, ms));

/** Two works hold here until both have come. */
function meeting(): () => Promise<void> {
  let open = () => {};
  let missing = 2;
  const met = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    missing -= 1;
    if (missing === 0) open();
    return met;
  };
}

describe("a work", () => {
  it("that goes on after a statement failed is rejected, and nothing of it stays", async () => {
    const work = database.write(async (transaction) => {
      await transaction.run(insert("a"), undefined);
      await transaction.run(statement("insert into nowhere values (1)"), undefined).catch(() => {});
      return "done";
    });
    await expect(work).rejects.toThrow("not committed");
    expect(await ids()).toEqual([]);
  });

  it("that waits for another which waits for it is started again", async () => {
    await place.ask("insert into things values ('a', 0), ('b', 0)");
    const grow = (id: string) => statement("update things set size = size + 1 where id = $1", id);
    const meet = meeting();
    let starts = 0;
    const work = (ids: string[]) => async (transaction: Connection) => {
      starts += 1;
      const isFirst = starts <= 2;
      await transaction.run(grow(ids[0] as string), undefined);
      if (isFirst) await meet();
      await transaction.run(grow(ids[1] as string), undefined);
    };
    await Promise.all([database.write(work(["a", "b"])), database.write(work(["b", "a"]))]);
    expect(starts).toBe(3);
    expect(await place.ask("select id, size from things order by id")).toEqual([
      { id: "a", size: "2" },
      { id: "b", size: "2" },
    ]);
  });

  it("holds its locks to its end, and only those", async () => {
    const order: string[] = [];
    const name = "any text\0\ud800";
    const locked = (lock: string, label: string, until?: () => Promise<unknown>) =>
      database.write(async (transaction) => {
        await transaction.lock(lock);
        order.push(`${label} begins`);
        await until?.();
        order.push(`${label} ends`);
      });
    const others: Promise<void>[] = [];
    await new Promise<void>((first) => {
      const begun = locked(name, "first", async () => {
        first();
        while (others.length < 2) await pause(1);
        await others[1];
      });
      others.push(begun);
    });
    const second = locked(name, "second");
    others.push(locked("another", "third"));
    await Promise.all([...others, second]);
    expect(order.filter((line) => !line.startsWith("third"))).toEqual([
      "first begins",
      "first ends",
      "second begins",
      "second ends",
    ]);
    expect(order.indexOf("third ends")).toBeLessThan(order.indexOf("first ends"));
  });

  it("that loses its connection is rejected, nothing of it stays, and the next ones go through", async () => {
    await database.read.all(statement("select 1"), undefined);
    const cut = () =>
      place.ask(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = current_setting('application_name') and pid <> pg_backend_pid()`,
      );
    const work = database.write(async (transaction) => {
      await transaction.run(insert("a"), undefined);
      await cut();
      await pause(20);
      await transaction.run(insert("b"), undefined);
    });
    await expect(work).rejects.toThrow();
    expect(await ids()).toEqual([]);
    await database.writeOne((connection) => connection.run(insert("c"), undefined));
    await cut();
    await pause(20);
    await database.writeOne((connection) => connection.run(insert("d"), undefined));
    expect(await ids()).toEqual(["c", "d"]);
  });
});

describe("a commit", () => {
  const level = "select current_setting('synchronous_commit')";

  it("waits for the disk unless its work can do without, and then only that one does not", async () => {
    const levels = [
      await database.write((transaction) => value(transaction, level)),
      await database.writeOne((connection) => value(connection, level), "crash"),
      await database.writeOne((connection) => value(connection, level)),
      await database.writeOne((connection) => value(connection, level), "power-failure"),
      await database.write((transaction) => value(transaction, level)),
    ];
    expect(levels).toEqual(["on", "off", "on", "on", "on"]);
  });

  it("is of a transaction that sees what is committed before each statement, whatever the server's default", async () => {
    const isolation = "select current_setting('transaction_isolation')";
    expect(await database.write((transaction) => value(transaction, isolation))).toBe("read committed");
    expect(await database.writeOne((connection) => value(connection, isolation), "crash")).toBe(
      "read committed",
    );
  });
});

describe("works that nobody waits for", () => {
  it("run in order, and one that fails takes no other along", async () => {
    const along = (sql: Prepared<undefined, unknown>) =>
      database.writeAlong((connection) => connection.run(sql, undefined));
    along(insert("a", 1));
    along(statement("update things set size = 2 where id = 'a' and size = 1"));
    along(insert("a", 9));
    along(statement("update things set size = 3 where id = 'a' and size = 2"));
    database.writeAlong(() => Promise.reject(new Error("refused")));
    along(insert("b"));
    await database.writeOne((connection) => connection.run(insert("c"), undefined));
    expect(await place.ask("select id, size from things order by id")).toEqual([
      { id: "a", size: "3" },
      { id: "b", size: "0" },
      { id: "c", size: "0" },
    ]);
  });

  it("are many, and are all there when the database is closed; later ones are left out", async () => {
    for (let index = 0; index < 350; index++) {
      database.writeAlong((connection) => connection.run(insert(`${index}`), undefined));
    }
    await database.close();
    database.writeAlong((connection) => connection.run(insert("late"), undefined));
    expect((await ids()).length).toBe(350);
  });
});

describe("values", () => {
  it("of 64 bits are numbers here, and what they were for every other user of the driver", async () => {
    await database.writeOne((connection) => connection.run(insert("a", Number.MAX_SAFE_INTEGER), undefined));
    const row = await database.read.first(
      statement("select size, count(*) as total from things group by size"),
      undefined,
    );
    expect(row).toEqual({ size: Number.MAX_SAFE_INTEGER, total: 1 });
    expect(types.getTypeParser(types.builtins.INT8)("1")).toBe("1");
  });

  it.each(["nul\0", "\ud800half", "half\udc00", 1.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])(
    "that no column can hold are in no row: %j",
    async (odd) => {
      await database.writeOne((connection) => connection.run(insert("a"), undefined));
      const column = typeof odd === "string" ? "id" : "size";
      const find = statement(`select * from things where ${column} = $1`, odd);
      const remove = statement(`delete from things where ${column} = $1`, odd);
      const change = statement(`update things set ${column} = $1`, odd);
      expect(await database.read.first(find, undefined)).toBeUndefined();
      expect(await database.read.all(find, undefined)).toEqual([]);
      expect(await database.writeOne((connection) => connection.run(remove, undefined))).toBe(0);
      const changing = database.write((transaction) => transaction.run(change, undefined));
      await expect(changing).rejects.toBeInstanceOf(UnstorableValueError);
      expect(await place.ask("select * from things")).toEqual([{ id: "a", size: "0" }]);
    },
  );
});

describe("a connection", () => {
  it("prepares a statement once, under a name that any process gives it", async () => {
    const find = statement("select size from things where id = $1", "a");
    const known = await database.write(async (transaction) => {
      for (let times = 0; times < 3; times++) await transaction.first(find, undefined);
      return transaction.all(
        statement(
          "select name, generic_plans + custom_plans as uses from pg_prepared_statements where statement = $1",
          find.sql,
        ),
        undefined,
      );
    });
    expect(known).toEqual([{ name: expect.stringMatching(/^[\w-]{43}$/), uses: 3 }]);
  });

  it("gives up on a statement, a network and a process that take too long", async () => {
    const settings = ["statement_timeout", "idle_in_transaction_session_timeout"];
    const found = await Promise.all(
      settings.map((name) =>
        database.write((transaction) => value(transaction, `select current_setting('${name}')`)),
      ),
    );
    expect(found).toEqual(["5s", "10s"]);
  });

  it("that reads does not write", async () => {
    await expect(database.read.run(insert("a"), undefined)).rejects.toThrow("attempt to write");
    expect(await ids()).toEqual([]);
  });
});
