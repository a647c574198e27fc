import { isLanguage, type Language, languages } from "./language.ts";

/** What may say which language somebody reads. None of it is trusted. */
export type LanguageWishes = {
  /** `ui_locales` of the request: BCP 47 tags in order of preference, separated by spaces. */
  uiLocales?: string | null | undefined;
  /** The value of the language cookie. */
  cookie?: string | null | undefined;
  /** The `Accept-Language` header. */
  acceptLanguage?: string | null | undefined;
};

/**
 * Chooses the language of a page: what the application asked for, else what the person chose here, else what the browser
 * prefers, else English. Something that names no language of ours counts as if it were absent.
 *
 * @see OpenID Connect Core 1.0, section 3.1.2.1 (ui_locales); RFC 4647, section 3.4 (lookup); RFC 9110, section 12.5.4
 */
export function chooseLanguage({ uiLocales, cookie, acceptLanguage }: LanguageWishes): Language {
  return (
    (uiLocales ?? "").split(" ").map(lookedUp).find(isLanguage) ??
    (isLanguage(cookie) ? cookie : undefined) ??
    preferred(acceptLanguage ?? "") ??
    languages[0]
  );
}

/** The language of a range, which loses a subtag from its end until it is one of ours. */
function lookedUp(range: string): Language | undefined {
  const subtags = range.toLowerCase().split("-");
  for (let length = subtags.length; length > 0; length -= 1) {
    const tag = subtags.slice(0, length).join("-");
    if (isLanguage(tag)) return tag;
  }
  return undefined;
}

type Range = { text: string; quality: number; position: number };

const RANGE = /^(?<text>\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)(?:;q=(?<quality>[01](?:\.\d{0,3})?))?$/i;

function preferred(header: string): Language | undefined {
  const ranges = header.split(",").flatMap(readRange);
  const ranked = languages
    .map((language) => ({ language, range: bestRange(ranges, language) }))
    .filter(({ range }) => range !== undefined && range.quality > 0)
    .toSorted((a, b) => compare(a.range as Range, b.range as Range));
  return ranked[0]?.language;
}

function readRange(part: string, position: number): Range[] {
  const groups = RANGE.exec(part.replaceAll(/\s/g, ""))?.groups;
  if (!groups?.text) return [];
  const quality = Number(groups.quality ?? "1");
  return quality > 1 ? [] : [{ text: groups.text, quality, position }];
}

/** The range that speaks for a language: one that names it, else the one for all the others. */
function bestRange(ranges: readonly Range[], language: Language): Range | undefined {
  const naming = ranges.filter(({ text }) => lookedUp(text) === language).toSorted(compare);
  return naming[0] ?? ranges.find(({ text }) => text === "*");
}

function compare(a: Range, b: Range): number {
  return b.quality - a.quality || a.position - b.position;
}
