/** The languages, for pages. They stand apart because the endpoints that answer people speak them too. */
export { isLanguage, type Language, languageNames, languages } from "../../language/language.ts";
