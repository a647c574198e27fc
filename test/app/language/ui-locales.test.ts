import { describe, expect, it } from "vitest";
import { uiLocalesOf } from "../../../src/app/_language/ui-locales.ts";

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
