import type { Language } from "../../_language/language.ts";

/** The words of the problem page that are not those of the catalogue. */
export const texts = {
  en: { title: "Problem" },
  ja: { title: "問題が発生しました" },
} satisfies Record<Language, { title: string }>;
