import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tableUnder } from "../architecture/markdown-table.ts";

const page = readFileSync(join(import.meta.dirname, "README.md"), "utf8");
const tests = join(import.meta.dirname, "..");

/** The plans of the conformance suite, and how many modules each has. */
const plans = [
  ["Basic OP", 38],
  ["Config OP", 1],
  ["Dynamic OP", 23],
  ["RP-Initiated Logout OP", 11],
  ["FAPI 2.0 Security Profile", 58],
  ["FAPI 2.0 Message Signing", 14],
  ["RFC 9700", 11],
] as const;

/** Why a module has no test, or `undefined` when it has one: its words stand in a title, or in a row that titles are made of. */
function missingTest(file: string, words: string): string | undefined {
  const path = join(tests, file);
  if (!existsSync(path)) return `${file} does not exist`;
  const source = readFileSync(path, "utf8");
  if (/\b(it|describe|test)\.(skip|only|todo|fails)\b/.test(source)) return `${file} leaves something out`;
  const texts = [...source.matchAll(/"(?<text>(?:[^"\\\n]|\\.)*)"/g)];
  const isThere = texts.some((match) => match.groups?.text?.includes(words));
  return isThere ? undefined : `nothing in ${file} is called "${words}"`;
}

describe.each(plans)("%s", (plan, count) => {
  const rows = tableUnder(page, plan);

  it("is complete, and names no module twice", () => {
    expect(new Set(rows.map(([module]) => module)).size).toBe(count);
    expect(rows).toHaveLength(count);
  });

  it.each(rows)("%s", (_module, file = "", words = "") => {
    expect(words).not.toBe("");
    expect(missingTest(file, words)).toBeUndefined();
  });
});

it("a module without a test is found", () => {
  expect(missingTest("spec/gone.test.ts", "x")).toContain("does not exist");
  expect(missingTest("spec/rfc7009-2-revocation.test.ts", "gone")).toContain("nothing in");
});
