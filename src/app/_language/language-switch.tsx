import { type Language, languageNames, languages } from "./language.ts";
import { switchLanguage } from "./switch-language.ts";
import { texts } from "./texts.ts";

/**
 * Offers the other languages of a page, each in its own words. A form, so it works without JavaScript.
 *
 * @param props.language the page's.
 */
export function LanguageSwitch({ language }: { language: Language }) {
  return (
    <form action={switchLanguage} aria-label={texts[language].choose} className="flex flex-wrap gap-x-5">
      {languages
        .filter((other) => other !== language)
        .map((other) => (
          <button
            key={other}
            type="submit"
            name="language"
            value={other}
            lang={other}
            className="link-button"
          >
            {languageNames[other]}
          </button>
        ))}
    </form>
  );
}
