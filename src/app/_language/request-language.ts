import { chooseLanguage } from "../../language/choose-language.ts";
import { languageWishes } from "../bridge.ts";
import type { Language } from "./language.ts";

/**
 * The language of the page that is being made, for server components and server actions.
 *
 * @param uiLocales what an application asked for, where a page knows better than its address. The frame of the page knows its
 *   address only, so an address with `ui_locales` in it is to be preferred.
 */
export async function requestLanguage(uiLocales?: string): Promise<Language> {
  const wishes = await languageWishes();
  return chooseLanguage({ ...wishes, uiLocales: uiLocales ?? wishes.uiLocales });
}
