import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestEngine, type TestEngine } from "../../../support/engine.ts";
import { expectRefusedCall, wrong } from "../../../support/refused-call.ts";
import { storedToken } from "../../../support/stored-token.ts";

let test: TestEngine;
beforeAll(async () => {
  test = await openTestEngine();
  for (let id = 3000; id < 3120; id += 1) {
    await test.setClient(String(id), { developer: id < 3007 ? "john" : "jane", clientName: `Client ${id}` });
  }
  for (const clientId of [3001, 3002, 3008]) {
    for (let count = 0; count < 2; count += 1) await storedToken(test, { clientId, subject: "bob" });
  }
});
afterAll(() => test.close());

const list = (request: object = {}) => test.engine["client/get/list"](request);
const numbers = (answer: { clients?: { clientId?: number | undefined }[] | undefined }) =>
  answer.clients?.map(({ clientId }) => clientId);

describe("the list of clients", () => {
  it("begins with the first five, in the order of their numbers", async () => {
    const answer = await list();
    expect(answer).toMatchObject({ start: 0, end: 5, totalCount: 124 });
    expect(numbers(answer)).toEqual([2000, 2001, 2002, 2003, 3000]);
    expect(answer.clients?.[0]).toEqual(await test.engine["client/get"]({ clientId: "2000" }));
  });

  it("is of one developer", async () => {
    const answer = await list({ developer: "john" });
    expect(answer).toMatchObject({ start: 0, end: 5, totalCount: 7 });
    expect(numbers(answer)).toEqual([3000, 3001, 3002, 3003, 3004]);
    expect(numbers(await list({ developer: "john", start: 5, end: 10 }))).toEqual([3005, 3006]);
    expect(await list({ developer: "nobody" })).toEqual({ start: 0, end: 5, totalCount: 0, clients: [] });
  });

  it.each([null, "", undefined])(
    "is of all developers when it is asked for the developer %j",
    async (developer) => {
      expect(await list({ developer })).toMatchObject({ totalCount: 124 });
    },
  );

  it.each(["\u0000", "\ud800", "john\n"])("has nothing for the developer %j", async (developer) => {
    expect(await list({ developer })).toEqual({ start: 0, end: 5, totalCount: 0, clients: [] });
  });

  it("can be read in parts, which together are all of it", async () => {
    const all: unknown[] = [];
    for (let start = 0; start < 124; start += 50) {
      all.push(...(numbers(await list({ start, end: start + 50 })) ?? []));
    }
    expect(all).toHaveLength(124);
    expect(new Set(all).size).toBe(124);
  });

  it("gives a hundred at most, and says where it stopped", async () => {
    const answer = await list({ start: 10, end: 2000 });
    expect(answer).toMatchObject({ start: 10, end: 110, totalCount: 124 });
    expect(answer.clients).toHaveLength(100);
  });

  it.each([
    { start: 5, end: 5 },
    { start: 5, end: 0 },
    { start: 0, end: 0 },
  ])("tells of %j only how many there are", async (range) => {
    expect(await list(range)).toEqual({ ...range, totalCount: 124 });
  });

  it("refuses numbers that are no places", async () => {
    await expectRefusedCall(list({ start: -1 }), wrong("start"));
    await expectRefusedCall(list({ end: -1 }), wrong("end"));
    await expectRefusedCall(list({ start: 2 ** 31 }), wrong("start"));
    expect(await list({ start: 2 ** 31 - 1 })).toMatchObject({ totalCount: 124 });
    expect(await list({ start: null, end: "9" })).toMatchObject({ start: 0, end: 5 });
  });
});

describe("the list of authorizations", () => {
  const authorized = (request: object) => test.engine["client/authorization/get/list"](request as never);

  it("has each client once that holds tokens of the subject, with names and nothing secret", async () => {
    expect(await authorized({ subject: "bob" })).toEqual({
      start: 0,
      end: 5,
      subject: "bob",
      totalCount: 3,
      clients: [3001, 3002, 3008].map((clientId) => ({ clientId, clientName: `Client ${clientId}` })),
    });
  });

  it("may be of one developer, and in parts", async () => {
    const answer = await authorized({ subject: "bob", developer: "john", start: 1, end: 9 });
    expect(answer).toMatchObject({ developer: "john", totalCount: 2, start: 1, end: 9 });
    expect(numbers(answer)).toEqual([3002]);
    expect(await authorized({ subject: "bob", start: 1, end: 1 })).toEqual({
      start: 1,
      end: 1,
      subject: "bob",
      totalCount: 3,
    });
    expect(await authorized({ subject: "bob", developer: "\u0000" })).toMatchObject({ totalCount: 0 });
  });

  it("is empty for a subject of whom nobody holds tokens", async () => {
    expect(await authorized({ subject: "nobody" })).toMatchObject({ totalCount: 0, clients: [] });
  });

  it.each([undefined, null, "", 7, "\u0000", "\ud800"])(
    "is not there for the subject %j",
    async (subject) => {
      await expectRefusedCall(authorized({ subject }), wrong("subject"));
    },
  );
});
