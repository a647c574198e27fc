import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyJsonPatch } from "../../../src/server/engine/json-patch.ts";

type Document = Record<string, unknown>;

const apply = (document: Document, ...operations: unknown[]) =>
  applyJsonPatch(document, JSON.stringify(operations));

describe("the examples of RFC 6902, appendix A", () => {
  it.each<[name: string, document: Document, patch: unknown[], expected: Document | undefined]>([
    [
      "A.1 adding a member",
      { foo: "bar" },
      [{ op: "add", path: "/baz", value: "qux" }],
      { baz: "qux", foo: "bar" },
    ],
    [
      "A.2 adding an element",
      { foo: ["bar", "baz"] },
      [{ op: "add", path: "/foo/1", value: "qux" }],
      { foo: ["bar", "qux", "baz"] },
    ],
    ["A.3 removing a member", { baz: "qux", foo: "bar" }, [{ op: "remove", path: "/baz" }], { foo: "bar" }],
    [
      "A.4 removing an element",
      { foo: ["bar", "qux", "baz"] },
      [{ op: "remove", path: "/foo/1" }],
      { foo: ["bar", "baz"] },
    ],
    [
      "A.5 replacing a value",
      { baz: "qux", foo: "bar" },
      [{ op: "replace", path: "/baz", value: "boo" }],
      { baz: "boo", foo: "bar" },
    ],
    [
      "A.6 moving a value",
      { foo: { bar: "baz", waldo: "fred" }, qux: { corge: "grault" } },
      [{ op: "move", from: "/foo/waldo", path: "/qux/thud" }],
      { foo: { bar: "baz" }, qux: { corge: "grault", thud: "fred" } },
    ],
    [
      "A.7 moving an element",
      { foo: ["all", "grass", "cows", "eat"] },
      [{ op: "move", from: "/foo/1", path: "/foo/3" }],
      { foo: ["all", "cows", "eat", "grass"] },
    ],
    [
      "A.8 testing a value: success",
      { baz: "qux", foo: ["a", 2, "c"] },
      [
        { op: "test", path: "/baz", value: "qux" },
        { op: "test", path: "/foo/1", value: 2 },
      ],
      { baz: "qux", foo: ["a", 2, "c"] },
    ],
    ["A.9 testing a value: error", { baz: "qux" }, [{ op: "test", path: "/baz", value: "bar" }], undefined],
    [
      "A.10 adding a nested object",
      { foo: "bar" },
      [{ op: "add", path: "/child", value: { grandchild: {} } }],
      { foo: "bar", child: { grandchild: {} } },
    ],
    [
      "A.11 ignoring unrecognized elements",
      { foo: "bar" },
      [{ op: "add", path: "/baz", value: "qux", xyz: 123 }],
      { foo: "bar", baz: "qux" },
    ],
    [
      "A.12 adding to a nonexistent target",
      { foo: "bar" },
      [{ op: "add", path: "/baz/bat", value: "qux" }],
      undefined,
    ],
    [
      "A.14 ~ escape ordering",
      { "/": 9, "~1": 10 },
      [{ op: "test", path: "/~01", value: 10 }],
      { "/": 9, "~1": 10 },
    ],
    [
      "A.15 comparing strings and numbers",
      { "/": 9, "~1": 10 },
      [{ op: "test", path: "/~01", value: "10" }],
      undefined,
    ],
    [
      "A.16 adding an array value",
      { foo: ["bar"] },
      [{ op: "add", path: "/foo/-", value: ["abc", "def"] }],
      { foo: ["bar", ["abc", "def"]] },
    ],
  ])("%s", (_name, document, patch, expected) => {
    const before = structuredClone(document);
    expect(apply(document, ...patch)).toEqual(expected);
    expect(document).toEqual(before);
  });

  it("A.13 an invalid document", () => {
    const patch = '[{"op":"add","path":"/baz","value":"qux","op":"remove"}]';
    expect(applyJsonPatch({ foo: "bar" }, patch)).toBeUndefined();
  });
});

describe("a patch", () => {
  it("applies its operations in their order, each to what the one before left", () => {
    const patched = apply(
      { a: [1] },
      { op: "copy", from: "/a", path: "/b" },
      { op: "add", path: "/b/-", value: 2 },
      { op: "move", from: "/b/0", path: "/c" },
      { op: "replace", path: "/a/0", value: { x: null } },
    );
    expect(patched).toEqual({ a: [{ x: null }], b: [2], c: 1 });
  });

  it("may replace or test the whole", () => {
    expect(apply({ a: 1 }, { op: "replace", path: "", value: { b: 2 } })).toEqual({ b: 2 });
    expect(apply({ a: 1 }, { op: "add", path: "", value: { b: 2 } })).toEqual({ b: 2 });
    expect(apply({ a: { b: 1 } }, { op: "test", path: "", value: { a: { b: 1 } } })).toEqual({ a: { b: 1 } });
    expect(apply({ a: { b: 1 } }, { op: "copy", from: "/a", path: "" })).toEqual({ b: 1 });
    expect(apply({ a: 1 }, { op: "move", from: "/a", path: "/a" })).toEqual({ a: 1 });
  });

  it("knows members by any name, and no inherited ones", () => {
    const patched = applyJsonPatch({}, '[{"op":"add","path":"/__proto__","value":{"polluted":1}}]');
    expect(Object.keys(patched ?? {})).toEqual(["__proto__"]);
    expect(({} as Document).polluted).toBeUndefined();
    expect(apply({ "": { "a/b": 1 } }, { op: "remove", path: "//a~1b" })).toEqual({ "": {} });
    for (const path of ["/constructor", "/toString", "/__proto__", "/__proto__/x"]) {
      expect(apply({ a: 1 }, { op: "remove", path })).toBeUndefined();
      expect(apply({ a: 1 }, { op: "copy", from: path, path: "/b" })).toBeUndefined();
    }
  });

  it.each([
    ["no operation", { op: "frobnicate", path: "/a" }],
    ["an operation of another kind", { op: 7, path: "/a" }],
    ["nothing", null],
    ["a list", []],
    ["a path that is none", { op: "remove", path: 7 }],
    ["no path", { op: "remove" }],
    ["a path that does not begin with a slash", { op: "remove", path: "a" }],
    ["a bad escape", { op: "add", path: "/~2", value: 1 }],
    ["an escape that ends early", { op: "add", path: "/x~", value: 1 }],
    ["no value to add", { op: "add", path: "/b" }],
    ["no value to test", { op: "test", path: "/b" }],
    ["nothing to replace", { op: "replace", path: "/b", value: 1 }],
    ["nothing to remove", { op: "remove", path: "/b" }],
    ["everything to remove", { op: "remove", path: "" }],
    ["no source of a copy", { op: "copy", path: "/b" }],
    ["no source of a move", { op: "move", path: "/b" }],
    ["a source that is not there", { op: "move", from: "/x", path: "/b" }],
    ["a move into itself", { op: "move", from: "/o", path: "/o/p" }],
    ["a move of the whole into a part", { op: "move", from: "", path: "/b" }],
    ["an element behind the end", { op: "add", path: "/a/3", value: 1 }],
    ["an element that is not there", { op: "remove", path: "/a/2" }],
    ["a place behind the last to remove", { op: "remove", path: "/a/-" }],
    ["a number with a zero before it", { op: "add", path: "/a/01", value: 1 }],
    ["a negative number", { op: "add", path: "/a/-1", value: 1 }],
    ["a number that is none", { op: "add", path: "/a/1e0", value: 1 }],
    ["a member of a text", { op: "add", path: "/t/0", value: 1 }],
    ["what is no object in the end", { op: "replace", path: "", value: [1] }],
  ])("does not fit with %s", (_what, operation) => {
    const document = { a: [1, 2], o: {}, t: "text" };
    expect(apply(document, operation)).toBeUndefined();
    expect(apply(document, { op: "add", path: "/z", value: 1 }, operation)).toBeUndefined();
    expect(document).toEqual({ a: [1, 2], o: {}, t: "text" });
  });

  it.each(["", "x", "{}", "null", "7", '"text"', "[1]", "[[]]"])("is not %j", (patch) => {
    expect(applyJsonPatch({ a: 1 }, patch)).toBeUndefined();
  });

  it("has two hundred operations at most", () => {
    const operations = (count: number) => Array(count).fill({ op: "test", path: "/a", value: 1 });
    expect(apply({ a: 1 }, ...operations(200))).toEqual({ a: 1 });
    expect(apply({ a: 1 }, ...operations(201))).toBeUndefined();
    expect(apply({ a: 1 })).toEqual({ a: 1 });
  });

  it("does not grow without end", () => {
    const started = performance.now();
    const doubling = Array(200).fill({ op: "copy", from: "", path: "/b" });
    expect(apply({ a: "x".repeat(1000) }, ...doubling)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it("compares objects whatever the order of their members is", () => {
    const value = { x: [1, { y: null }], z: "z" };
    const reordered = { z: "z", x: [1, { y: null }] };
    expect(apply({ a: value }, { op: "test", path: "/a", value: reordered })).toEqual({ a: value });
    for (const other of [{ ...value, w: 1 }, { x: value.x }, { ...value, x: [1] }, [], null, "z"]) {
      expect(apply({ a: value }, { op: "test", path: "/a", value: other })).toBeUndefined();
    }
  });
});

describe("whatever the document is", () => {
  const json = (value: unknown) => JSON.parse(JSON.stringify(value));
  const document = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 }).map(json);
  const escaped = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");

  it("what is added is there, and removing it gives the document back", () => {
    fc.assert(
      fc.property(document, fc.string(), fc.jsonValue({ maxDepth: 2 }), (before, name, value) => {
        fc.pre(!Object.hasOwn(before, name));
        const path = `/${escaped(name)}`;
        const added = apply(before, { op: "add", path, value });
        expect(Object.getOwnPropertyDescriptor(added, name)?.value).toEqual(json(value));
        expect(Object.keys(added ?? {})).toHaveLength(Object.keys(before).length + 1);
        expect(apply(added ?? {}, { op: "remove", path })).toEqual(before);
      }),
    );
  });

  it("it is equal to itself, and moving a member there and back changes nothing", () => {
    fc.assert(
      fc.property(document, (before) => {
        expect(apply(before, { op: "test", path: "", value: before })).toEqual(before);
        const [name] = Object.keys(before);
        if (name === undefined || Object.hasOwn(before, "elsewhere")) return;
        const path = `/${escaped(name)}`;
        const there = { op: "move", from: path, path: "/elsewhere" };
        expect(apply(before, there, { op: "move", from: "/elsewhere", path })).toEqual(before);
      }),
    );
  });

  it("no patch breaks anything", () => {
    const pointer = fc.oneof(
      fc.string(),
      fc.array(fc.string()).map((tokens) => `/${tokens.join("/")}`),
    );
    const operation = fc.record(
      {
        op: fc.oneof(fc.constantFrom("add", "remove", "replace", "move", "copy", "test"), fc.anything()),
        path: fc.oneof(pointer, fc.anything()),
        from: pointer,
        value: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(document, fc.array(operation, { maxLength: 5 }), (before, operations) => {
        const copy = structuredClone(before);
        const patched = applyJsonPatch(before, JSON.stringify(operations));
        expect(patched === undefined || typeof patched === "object").toBe(true);
        expect(before).toEqual(copy);
      }),
      { numRuns: 300 },
    );
  });
});
