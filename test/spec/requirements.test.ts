import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Requirement, requirements } from "./requirements.ts";

const folder = import.meta.dirname;

/** Why a requirement has no test, or `undefined` when it has one. */
function missingTest({ test, title }: Pick<Requirement, "test" | "title">): string | undefined {
  const file = join(folder, test);
  if (!existsSync(file)) return `${test} does not exist`;
  const titles = [
    ...readFileSync(file, "utf8").matchAll(/(?:\bit|\bdescribe|\))\(\s*"(?<title>(?:[^"\\]|\\.)*)"/g),
  ];
  const found = titles.some((match) => match.groups?.title?.includes(title));
  return found ? undefined : `no test of ${test} is called "${title}"`;
}

describe("requirements", () => {
  it.each(requirements)("$section: $requirement", (requirement) => {
    expect(missingTest(requirement)).toBeUndefined();
  });

  it("every file of this folder that is named after a section stands for a requirement", () => {
    const files = globSync("rfc*.test.ts", { cwd: folder }).toSorted();
    expect(files).toEqual([...new Set(requirements.map(({ test }) => test))].toSorted());
  });

  it("one without a test is found", () => {
    expect(missingTest({ test: "rfc0000.test.ts", title: "x" })).toContain("does not exist");
    expect(missingTest({ test: "rfc7009-2-revocation.test.ts", title: "gone" })).toContain("no test");
  });
});
