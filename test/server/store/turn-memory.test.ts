import { expect, test, vi } from "vitest";
import { createTurnMemory } from "../../../src/server/store/sqlite/turn-memory.ts";

type Key = { id: string | number; name: string };

const query = { sql: "select 1", bind: ({ id, name }: Key) => [id, name] };
const nextTurn = () => new Promise((turn) => setImmediate(turn));

function asked() {
  let answers = 0;
  return vi.fn(async () => ++answers);
}

test("a question is asked once in a turn of the event loop, and again in the next", async () => {
  const memory = createTurnMemory();
  const ask = asked();
  const recall = () => memory.recall(query, { id: 1, name: "a" }, ask);

  expect(await Promise.all([recall(), recall()])).toEqual([1, 1]);
  expect(await recall()).toBe(1);
  await nextTurn();
  expect(await Promise.all([recall(), recall()])).toEqual([2, 2]);
});

test("what was written makes it forget at once", async () => {
  const memory = createTurnMemory();
  const ask = asked();

  await memory.recall(query, { id: 1, name: "a" }, ask);
  memory.forget();

  expect(await memory.recall(query, { id: 1, name: "a" }, ask)).toBe(2);
});

test.each<[string, { sql: string }, Key]>([
  ["another query", { sql: "select 2" }, { id: 1, name: "a" }],
  ["another value", query, { id: 2, name: "a" }],
  ["a text that reads like the number", query, { id: "1", name: "a" }],
  ["values that run together to the same text", query, { id: "1 string 1 a", name: "" }],
])("%s is another question", async (_, { sql }, key) => {
  const memory = createTurnMemory();
  const ask = asked();

  await memory.recall(query, { id: 1, name: "a" }, ask);

  expect(await memory.recall({ ...query, sql }, key, ask)).toBe(2);
});
