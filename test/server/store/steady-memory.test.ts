import { expect, test, vi } from "vitest";
import { createSteadyMemory } from "../../../src/server/store/sqlite/steady-memory.ts";

type Key = { id: string | number; name: string };

const query = {
  sql: 'select "revision" from "clients" where "id" = ? and "name" = ?',
  bind: ({ id, name }: Key) => [id, name],
};
const key = { id: 1, name: "a" };
const nextTurn = () => new Promise((turn) => setImmediate(turn));

function opened() {
  const version = vi.fn(() => 1);
  let answers = 0;
  return { memory: createSteadyMemory(version), version, ask: vi.fn(async () => ++answers) };
}

test("a question is asked once as long as nothing is written", async () => {
  const { memory, ask } = opened();

  expect(await memory.recall(query, key, ask)).toBe(1);
  await nextTurn();
  expect(await Promise.all([memory.recall(query, key, ask), memory.recall(query, key, ask)])).toEqual([1, 1]);
});

test("another process's commit is looked for once in a turn, and makes it forget in the next", async () => {
  const { memory, version, ask } = opened();
  await memory.recall(query, key, ask);
  version.mockReturnValue(2);

  expect(await memory.recall(query, key, ask)).toBe(1);
  expect(version).toHaveBeenCalledTimes(1);
  await nextTurn();
  expect(await memory.recall(query, key, ask)).toBe(2);
});

test.each([
  'insert into "clients" ("id") values (?)',
  'update "clients" set "revision" = ?',
  'delete from "clients" where "id" = ?',
  'insert into "clients" ("id") values (?) on conflict do nothing',
  "drop table clients",
])("a commit of %s makes it forget", async (sql) => {
  const { memory, ask } = opened();
  await memory.recall(query, key, ask);

  memory.noteStatement(sql);
  expect(await memory.recall(query, key, ask)).toBe(1);
  memory.committed();

  expect(await memory.recall(query, key, ask)).toBe(2);
});

test.each(['insert into "tokens" ("id") values (?)', 'select * from "clients"'])(
  "a commit of %s leaves what it knows",
  async (sql) => {
    const { memory, ask } = opened();
    await memory.recall(query, key, ask);

    memory.noteStatement(sql);
    memory.committed();

    expect(await memory.recall(query, key, ask)).toBe(1);
  },
);

test.each<[string, string, Key]>([
  ["another query", `${query.sql} limit 1`, key],
  ["another value", query.sql, { id: 2, name: "a" }],
  ["a text that reads like the number", query.sql, { id: "1", name: "a" }],
  ["values that run together to the same text", query.sql, { id: "1 string 1 a", name: "" }],
])("%s is another question", async (_, sql, other) => {
  const { memory, ask } = opened();
  await memory.recall(query, key, ask);

  expect(await memory.recall({ ...query, sql }, other, ask)).toBe(2);
});

test("a question that failed is asked again", async () => {
  const { memory, ask } = opened();
  ask.mockRejectedValueOnce(new Error("disk"));

  await expect(memory.recall(query, key, ask)).rejects.toThrow("disk");

  expect(await memory.recall(query, key, ask)).toBe(1);
});

test("questions about any number of rows are kept up to a limit", async () => {
  const { memory, ask } = opened();
  await memory.recall(query, key, ask);
  for (let id = 2; id <= 1_001; id++) await memory.recall(query, { id, name: "a" }, ask);

  expect(await memory.recall(query, key, ask)).toBe(1_002);
});
