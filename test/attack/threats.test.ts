import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Threat, threats } from "./threats.ts";

const THREATS = 32;
const imported = /^import \{ attack(, type \w+)? \} from "\.\/attack\.ts";$/m;
const directory = import.meta.dirname;
const tests = readdirSync(directory).filter((name) => /^t\d/.test(name));
const rows = Object.entries<Threat>(threats);
const prefixOf = (id: string) => `t${id.slice(1).padStart(2, "0")}-`;
const filesOf = (id: string) => tests.filter((name) => name.startsWith(prefixOf(id)));
const sourceOf = (file: string) => readFileSync(join(directory, file), "utf8");

describe("the threat model", () => {
  it("has every threat from the first to the last", () => {
    const expected = Array.from({ length: THREATS }, (_, at) => `T${at + 1}`);
    expect(rows.map(([id]) => id)).toEqual(expected);
  });

  it("has no test of a threat that is not in it", () => {
    expect(tests.filter((name) => !rows.some(([id]) => name.startsWith(prefixOf(id))))).toEqual([]);
  });
});

describe.each(rows)("%s, %o", (id, { file, surfaces }) => {
  it("has its test, named after it", () => {
    expect(filesOf(id)).toContain(file);
    expect(file).toMatch(/^t\d\d-[a-z]+(-[a-z]+)*\.test\.ts$/);
  });

  it("has an attack, on the naive variant and on ours, at each surface where it can be tried", () => {
    const sources = filesOf(id).map(sourceOf);
    expect(surfaces.length).toBeGreaterThan(0);
    expect(sources.filter((source) => !imported.test(source))).toEqual([]);
    for (const surface of surfaces) expect(sources.flatMap(attacked), file).toContain(surface);
  });

  it("leaves nothing out of the run", () => {
    for (const name of filesOf(id)) expect(sourceOf(name)).not.toMatch(/\.(skip|only|todo|fails)\b/);
  });
});

/** The surfaces of the attacks in a test file: `attack` runs each of them on both targets. */
function attacked(source: string): string[] {
  const calls = source.split(/^ *attack\(/m).slice(1);
  return calls.flatMap((call) => /^ *surface: "(?<name>[a-z-]+)",$/m.exec(call)?.groups?.name ?? []);
}
