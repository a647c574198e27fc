import { describe, expect, it } from "vitest";
import { uiLocalesOf, withUiLocales } from "../../../src/app/_language/ui-locales.ts";

const of = (query: string) => uiLocalesOf(new URL(`http://localhost:3000/login?${query}`));

describe("the languages that an address asks for", () => {
  it("are tags of BCP 47", () => {
    expect(of("ui_locales=ja")).toBe("ja");
    expect(of("ui_locales=fr-CA+fr%20en")).toBe("fr-CA fr en");
  });

  it.each([
    "",
    "ui_locales=",
    "ui_locales=ja&ui_locales=en",
    "ui_locales=ja%0D%0Ax:1",
    "ui_locales=%E8%AA%9E",
  ])("are none when they cannot be read: %s", (query) => expect(of(query)).toBeUndefined());

  it("are none when they are too many", () => {
    expect(of(`ui_locales=${"ja+".repeat(20)}en`)).toBeUndefined();
    expect(of(`ui_locales=${"a".repeat(36)}`)).toBeUndefined();
  });
});

describe("an address further on the way", () => {
  it("asks for the same languages, unless it asks for others", () => {
    expect(withUiLocales("/reset?next=%2Fdevice#top", "fr ja")).toBe(
      "/reset?next=%2Fdevice&ui_locales=fr+ja#top",
    );
    expect(withUiLocales("/reset?ui_locales=en", "ja")).toBe("/reset?ui_locales=en");
    expect(withUiLocales("/reset?x=%20y", undefined)).toBe("/reset?x=%20y");
  });

  it.each(["/", "/account", "/oauth/interaction/x", "/registered"])(
    "stays as it is where it ends: %s",
    (path) => {
      expect(withUiLocales(path, "ja")).toBe(path);
    },
  );
});
