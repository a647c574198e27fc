"use client";

import { createContext, type ReactNode, useContext } from "react";
import { type Language, languages } from "./language.ts";

const LanguageContext = createContext<Language>(languages[0]);

/** Tells the components of a page its language. */
export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

/** The language of the page, for client components. */
export function useLanguage(): Language {
  return useContext(LanguageContext);
}
