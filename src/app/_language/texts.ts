import type { Language } from "./language.ts";

/** The words of the language switch. */
export const texts = {
  en: { choose: "Language" },
  ja: { choose: "言語" },
} satisfies Record<Language, { choose: string }>;
