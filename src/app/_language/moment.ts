import type { Language } from "./language.ts";

const japanese = new Intl.DateTimeFormat("ja", { dateStyle: "long", timeStyle: "medium", timeZone: "UTC" });

/**
 * A point in time as the pages write it, to the second, in UTC: without scripts nobody knows where the person is.
 *
 * @param at valid.
 */
export function momentText(language: Language, at: Date): string {
  const iso = at.toISOString();
  return language === "ja" ? `${japanese.format(at)} UTC` : `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/**
 * A length of time in the largest unit that counts it without a rest: "90 minutes", "2 hours".
 *
 * @param seconds a whole number from 0 on.
 */
export function durationText(language: Language, seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds >= length && seconds % length === 0) ?? [
    "second",
    1,
  ];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(
    seconds / length,
  );
}

const justNow: Record<Language, string> = { en: "less than a minute ago", ja: "1 分以内" };
const MINUTE_MS = 60_000;
const MINUTES_IN_HOUR = 60;

/**
 * How long ago something was, in minutes or hours that have passed whole: "2 minutes ago".
 *
 * @param ms milliseconds; of a clock that was put back, which is less than 0, nothing is said but that it was just now.
 */
export function agoText(language: Language, ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 1) return justNow[language];
  const words = new Intl.RelativeTimeFormat(language);
  return minutes < MINUTES_IN_HOUR
    ? words.format(-minutes, "minute")
    : words.format(-Math.floor(minutes / MINUTES_IN_HOUR), "hour");
}

/**
 * The form of a word that goes with a number.
 *
 * @param forms by category; a language without a category of its own for a number uses `other`.
 */
export function plural<Form>(
  language: Language,
  count: number,
  forms: Partial<Record<Intl.LDMLPluralRule, Form>> & { other: Form },
): Form {
  return forms[new Intl.PluralRules(language).select(count)] ?? forms.other;
}
