import { Console } from "node:console";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createLog } from "../../src/server/log.ts";
import { routeConsole } from "../../src/server/route-console.ts";

function routed() {
  const lines: string[] = [];
  const raw: string[] = [];
  const stream = new PassThrough().on("data", (part) => raw.push(String(part)));
  const console = new Console(stream, stream);
  routeConsole(console, createLog({ level: "debug", clock: () => 0, write: (line) => lines.push(line) }));
  return { console, raw, events: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe("what is said to a console", () => {
  it.each([
    ["error", "error"],
    ["warn", "warn"],
    ["trace", "warn"],
    ["log", "info"],
    ["info", "info"],
    ["dir", "info"],
    ["debug", "debug"],
  ] as const)("by %s is an event of the level %s, and nothing is written beside it", (method, level) => {
    const { console, raw, events } = routed();
    console[method]("a text", 7);
    expect(events()).toEqual([expect.objectContaining({ event: "console", level, said: ["a text", 7] })]);
    expect(raw).toEqual([]);
  });

  it("keeps an error with its place and its cause", () => {
    const { console, events } = routed();
    console.error("⨯", new Error("no", { cause: new TypeError("why") }));
    expect(events()[0]).toMatchObject({
      said: [
        "⨯",
        { name: "Error", message: "no", stack: expect.stringContaining("at "), cause: { message: "why" } },
      ],
    });
  });

  it("keeps whatever else it is, as a text", () => {
    const { console, events } = routed();
    const cycle: Record<string, unknown> = { name: "value" };
    cycle.self = cycle;
    console.log(cycle, new Map([["a", 1]]), null, undefined, 1n, Symbol("s"), () => 1);
    const [{ said }] = events() as [{ said: unknown[] }];
    expect(said.slice(0, 3)).toEqual([expect.stringContaining("name: 'value'"), "Map(1) { 'a' => 1 }", null]);
    expect(said[4]).toBe("1");
  });

  it("goes to the log that was given last, once", () => {
    const { console, events } = routed();
    const later: string[] = [];
    routeConsole(console, createLog({ level: "debug", clock: () => 0, write: (line) => later.push(line) }));
    console.error("x");
    expect(events()).toEqual([]);
    expect(later).toHaveLength(1);
  });

  it("says no more than the level of the log lets through", () => {
    const lines: string[] = [];
    const stream = new PassThrough();
    const console = new Console(stream, stream);
    routeConsole(console, createLog({ level: "error", clock: () => 0, write: (line) => lines.push(line) }));
    console.warn("x");
    console.error("y");
    expect(lines).toHaveLength(1);
  });
});
