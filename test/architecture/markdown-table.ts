import { expect } from "vitest";

/** The rows of the table under a heading, cells trimmed, without code marks. */
export function tableUnder(page: string, heading: string): string[][] {
  const start = page.indexOf(`\n## ${heading}\n`);
  expect(start, `there is a section "${heading}"`).toBeGreaterThan(-1);
  const section = page.slice(start + 1).split(/\n## /)[0] ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    );
}
