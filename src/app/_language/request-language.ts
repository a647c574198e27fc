import type { Route } from "next";
import { chooseLanguage } from "../../language/choose-language.ts";
import { languageWishes } from "../bridge.ts";
import type { Language } from "./language.ts";
import { withUiLocales } from "./ui-locales.ts";

/** The language of the page that is being made, for its frame, its server components and its server actions alike. */
export async function requestLanguage(): Promise<Language> {
  return chooseLanguage(await languageWishes());
}

/**
 * The address of another page on the same way: what an application asked for goes along, where the address of this page says it and the
 * other one would not know.
 *
 * @param path of ours.
 */
export async function onward(path: string): Promise<Route> {
  const { uiLocales } = await languageWishes();
  return withUiLocales(path, uiLocales ?? undefined) as Route;
}
