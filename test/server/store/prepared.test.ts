import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import { describe, expect, it } from "vitest";
import { prepared } from "../../../src/server/store/prepared.ts";

type Tables = { things: { id: string; state: string; size: number | null } };

const db = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

describe("prepared", () => {
  it("binds by name in the order of the statement, a member as often as it occurs, constants as they are", () => {
    const query = prepared((input: { id: string; from: string; to: string; size: number | null }) =>
      db
        .updateTable("things")
        .set({ state: input.to, size: input.size })
        .where("id", "=", input.id)
        .where("state", "in", [input.from, "any", input.to])
        .limit(1),
    );
    expect(query.sql).toContain('update "things" set "state" = ?, "size" = ? where');
    const bound = query.bind({ from: "a", id: "1", size: null, to: "b" });
    expect(bound).toEqual(["b", null, "1", "a", "any", "b", 1]);
    expect(query.bind({ from: "c", id: "2", size: 3, to: "d" })).toEqual(["d", 3, "2", "c", "any", "d", 1]);
  });

  it("binds every column of an insert", () => {
    const query = prepared((row: Tables["things"]) =>
      db.insertInto("things").values({ id: row.id, state: row.state, size: row.size }),
    );
    expect(query.bind({ size: 3, state: "new", id: "1" })).toEqual(["1", "new", 3]);
  });
});
