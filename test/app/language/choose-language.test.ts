import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { languages } from "../../../src/app/_language/language.ts";
import { chooseLanguage } from "../../../src/language/choose-language.ts";

describe("the language of a page", () => {
  it.each([
    { acceptLanguage: "ja", language: "ja" },
    { acceptLanguage: "ja-JP", language: "ja" },
    { acceptLanguage: "JA-jpan-JP", language: "ja" },
    { acceptLanguage: "en-GB,en;q=0.9,ja;q=0.8", language: "en" },
    { acceptLanguage: "en;q=0.4, ja;q=0.5", language: "ja" },
    { acceptLanguage: "fr, de;q=0.9, ja;q=0.1", language: "ja" },
    { acceptLanguage: "ja;q=0.5,en;q=0.5", language: "ja" },
    { acceptLanguage: "ja;q=0, en;q=0.1", language: "en" },
    { acceptLanguage: "en;q=0, *", language: "ja" },
    { acceptLanguage: "en;q=0.2, *;q=0.9", language: "ja" },
    { acceptLanguage: "*", language: "en" },
    { acceptLanguage: "ja;q=2", language: "en" },
    { acceptLanguage: "ja;q=x", language: "en" },
    { acceptLanguage: "jaa", language: "en" },
    { acceptLanguage: "fr", language: "en" },
    { acceptLanguage: "", language: "en" },
    { acceptLanguage: null, language: "en" },
  ])("is what the browser prefers: $acceptLanguage", ({ acceptLanguage, language }) => {
    expect(chooseLanguage({ acceptLanguage })).toBe(language);
  });

  it("is what the person chose, whatever the browser prefers", () => {
    expect(chooseLanguage({ cookie: "ja", acceptLanguage: "en" })).toBe("ja");
    expect(chooseLanguage({ cookie: "en", acceptLanguage: "ja" })).toBe("en");
  });

  it.each(["", "fr", "JA", "ja;q=1", "toString", "__proto__"])("is not what no choice was: %s", (cookie) => {
    expect(chooseLanguage({ cookie, acceptLanguage: "ja" })).toBe("ja");
  });

  it("is what the application asked for, before all else (OpenID Connect Core 3.1.2.1)", () => {
    expect(chooseLanguage({ uiLocales: "ja", cookie: "en", acceptLanguage: "en" })).toBe("ja");
    expect(chooseLanguage({ uiLocales: "fr-CA fr ja-JP en", cookie: "en" })).toBe("ja");
  });

  it("is chosen as ever when the application asks for languages that are not spoken here", () => {
    expect(chooseLanguage({ uiLocales: "fr-CA fr", cookie: "ja" })).toBe("ja");
    expect(chooseLanguage({ uiLocales: "", acceptLanguage: "ja" })).toBe("ja");
  });

  it("is always one of ours", () => {
    const wish = fc.option(fc.oneof(fc.string(), fc.stringMatching(/^(?:[a-z*-]|;q=|[\d.,]){0,40}$/)));
    fc.assert(
      fc.property(wish, wish, wish, (uiLocales, cookie, acceptLanguage) => {
        expect(languages).toContain(chooseLanguage({ uiLocales, cookie, acceptLanguage }));
      }),
    );
  });
});
