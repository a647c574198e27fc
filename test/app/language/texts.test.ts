import { globSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { languages } from "../../../src/app/_language/language.ts";
import { wordsOnPage } from "./words-on-page.ts";

const dictionaries = globSync("src/app/**/texts.ts").toSorted();
const components = globSync("src/app/**/*.tsx").toSorted();

describe.each(dictionaries)("%s", (file) => {
  it("has every text in every language", async () => {
    const { texts } = (await import(pathToFileURL(file).href)) as { texts: Record<string, unknown> };
    expect(Object.keys(texts).toSorted()).toEqual([...languages].toSorted());
    const [first, ...others] = languages.map((language) => shapeOf(texts[language]));
    expect(first?.length).toBeGreaterThan(0);
    for (const other of others) expect(other).toEqual(first);
  });

  it("says nothing empty, and nothing Japanese in English", async () => {
    const { texts } = (await import(pathToFileURL(file).href)) as { texts: Record<string, unknown> };
    expect(wordsOf(texts).filter((text) => text.trim() === "")).toEqual([]);
    expect(wordsOf(texts.en).filter((text) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(text))).toEqual([]);
  });
});

describe("a component", () => {
  it.each(components)("has no words of its own: %s", (file) => {
    expect(wordsOnPage(readFileSync(file, "utf8"))).toEqual([]);
  });

  it("that has some is found out", () => {
    expect(wordsOnPage("export const A = () => <p>Sign in</p>;")).toEqual(["Sign in"]);
    expect(wordsOnPage('export const A = () => <p>{open ? "Close" : "Open it"}</p>;')).toEqual([
      "Close",
      "Open it",
    ]);
    expect(wordsOnPage('export const A = () => <B label="Name" className="mt-5" />;')).toEqual(["Name"]);
    expect(
      wordsOnPage('export const A = () => <p className={a ? "b" : "cd"}>{words.x}: <code>ab</code></p>;'),
    ).toEqual([]);
  });
});

/** The paths of all texts; lists may differ in length in no language either. */
function shapeOf(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [`${path}: ${typeof value}`];
  return Object.entries(value)
    .flatMap(([name, inner]) => shapeOf(inner, `${path}/${name}`))
    .toSorted();
}

function wordsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(wordsOf) : [];
}
