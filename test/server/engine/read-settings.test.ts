import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openEnum } from "../../../src/server/authlete/enumerations.ts";
import { readSettings } from "../../../src/server/engine/read-settings.ts";

const schema = z.looseObject({
  id: z.int().optional(),
  name: z.string().optional(),
  count: z.int().optional(),
  flag: z.boolean().optional(),
  color: openEnum(z.enum(["RED"])).optional(),
  list: z.array(z.looseObject({ key: z.string().optional(), value: z.string().optional() })).optional(),
  nested: z.looseObject({ inner: z.looseObject({ a: z.int().optional() }).optional() }).optional(),
});
const read = (request: object) => readSettings(schema, { request, readOnly: ["id"] });

describe("the settings in a request", () => {
  it("are those that are known and not read-only", () => {
    expect(read({ id: 7, name: "n", novelty: 1, __proto__: { count: 1 } })).toEqual({ name: "n" });
  });

  it("are known at every depth", () => {
    const request = {
      list: [{ key: "a", value: "1", fresh: 1 }, {}],
      nested: { inner: { a: 1, b: 2 }, outer: { c: 3 } },
    };
    expect(read(request)).toEqual({ list: [{ key: "a", value: "1" }, {}], nested: { inner: { a: 1 } } });
  });

  it("do not count where they are null or empty; zero and false are values", () => {
    const request = { name: "", color: "", count: 0, flag: false, list: null, nested: { inner: null } };
    expect(read(request)).toEqual({ count: 0, flag: false, nested: {} });
    expect(read({ list: [] })).toEqual({ list: [] });
  });

  it.each([
    [{ name: 7 }, "name"],
    [{ count: "7" }, "count"],
    [{ count: 1.5 }, "count"],
    [{ count: 2 ** 60 }, "count"],
    [{ list: {} }, "list"],
    [{ list: ["a"] }, "list"],
    [{ list: [null] }, "list"],
    [{ list: [{ key: 7 }] }, "list"],
    [{ nested: [] }, "nested"],
    [{ nested: "x" }, "nested"],
    [{ nested: { inner: { a: "1" } } }, "nested"],
    [{ color: "BLUE" }, "color"],
  ])("are refused by the name of a member: %j", (request, member) => {
    expect(() => read(request)).toThrow(expect.objectContaining({ code: "A126202", member }));
  });

  it("are refused when they are nested without end", () => {
    let deep: object = {};
    for (let depth = 0; depth < 5000; depth += 1) deep = { deep };
    expect(() => read({ deep })).toThrow(expect.objectContaining({ code: "A126202" }));
  });
});
