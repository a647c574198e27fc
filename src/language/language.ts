/** The languages of the pages, by BCP 47 tag. The first is spoken to whoever asks for none of them. */
export const languages = ["en", "ja"] as const;

export type Language = (typeof languages)[number];

/** What each language calls itself. */
export const languageNames = { en: "English", ja: "日本語" } as const satisfies Record<Language, string>;

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}
